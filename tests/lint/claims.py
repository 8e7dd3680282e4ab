#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Hold each claim of the security page to tests that are there and are run.

usage: claims.py SOURCE_DIR

Prints one line a fault and a closing line `N passed, N failed`.
"""
import json
import pathlib
import re
import sys

PAGE = "assets/man/perch-security.7"


def one_line(text):
    return re.sub(r"\s+", " ", text)


QUOTED = re.compile(r'\.Ql (\( )?("[^"]*"|\S+)((?: [.,;:)?!])*)(?: Ns No (.*))?$')


def page_text(root):
    """The page in one line, what is quoted in it in code marks, as in the claims."""
    text = []
    for line in (root / PAGE).read_text(encoding="utf-8").splitlines():
        quoted = QUOTED.match(line)
        if quoted:
            opening, words, closing, glued = (part or "" for part in quoted.groups())
            line = opening.strip() + "`" + words.strip('"') + "`" + glued + closing.replace(" ", "")
        if quoted or not line.startswith("."):
            text.append(re.sub(r"\\(.)", lambda escape: {"&": "", "e": "\\"}.get(escape[1], escape[1]), line))
    return one_line(" ".join(text))


def is_run(root, test):
    """The function is defined, and named once more: in the table of its file."""
    file, function = test.split(" ")
    path = root / "tests" / file
    return path.exists() and len(re.findall(rf"\b{function}\b", path.read_text(encoding="utf-8"))) >= 2


def faults_of(root, section, entry):
    if one_line(entry["claim"]) not in section:
        yield f"{PAGE} no longer says “{entry['claim']}”"
    for test in entry["tests"]:
        if not is_run(root, test):
            yield f"“{entry['claim']}”: there is no {test}"


def main():
    root = pathlib.Path(sys.argv[1])
    section = page_text(root)
    entries = json.loads((root / "tests/lint/security_claims.json").read_text(encoding="utf-8"))
    failed = 0
    for entry in entries:
        faults = list(faults_of(root, section, entry))
        failed += bool(faults)
        for fault in faults:
            print(fault)
    print(f"{len(entries) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
