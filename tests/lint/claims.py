#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Hold each sentence of the security page to tests that are there and are run.

usage: claims.py SOURCE_DIR

Every sentence, and every part of one that ends with a semicolon, has a claim in security_claims.json: words of it, and
the tests that see them hold ("file function", or a script alone) or, for what no test here can see, why it stands
("stands"). Prints one line a fault and a closing line `N passed, N failed`.
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
    """The function is defined, and named once more: in the table of its file. A script is one of ctest's."""
    file, _, function = test.partition(" ")
    path = root / "tests" / file
    if not function:
        return path.exists() and file in (root / "tests/CMakeLists.txt").read_text(encoding="utf-8")
    return path.exists() and len(re.findall(rf"\b{function}\b", path.read_text(encoding="utf-8"))) >= 2


SENTENCE = re.compile(r"\S.*?(?:[.;](?=\s|$)|$)")


def unclaimed(section, entries):
    """What the page says without a claim."""
    claims = [(section.find(claim), len(claim)) for claim in (one_line(entry["claim"]) for entry in entries)]
    for sentence in SENTENCE.finditer(section):
        begin, end = sentence.span()
        if not any(at < end and at + length > begin for at, length in claims if at >= 0):
            yield sentence[0]


def faults_of(root, section, entry):
    if one_line(entry["claim"]) not in section:
        yield f"{PAGE} no longer says “{entry['claim']}”"
    if not entry.get("tests") and not entry.get("stands"):
        yield f"“{entry['claim']}”: neither a test nor why it stands without"
    for test in entry.get("tests", []):
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
    bare = list(unclaimed(section, entries))
    for sentence in bare:
        print(f"without a claim: “{sentence}”")
    print(f"{len(entries) - failed} passed, {failed + len(bare)} failed")
    return 1 if failed or bare else 0


if __name__ == "__main__":
    sys.exit(main())
