#!/usr/bin/env python3
"""Hold each claim of the README's security section to tests that are there and are run.

usage: claims.py SOURCE_DIR

Prints one line a fault and a closing line `N passed, N failed`.
"""
import json
import pathlib
import re
import sys


def one_line(text):
    return re.sub(r"\s+", " ", text)


def security_section(root):
    readme = (root / "README.md").read_text(encoding="utf-8")
    return one_line(readme.split("\n## Security", 1)[1].split("\n## ", 1)[0])


def is_run(root, test):
    """The function is defined, and named once more: in the table of its file."""
    file, function = test.split(" ")
    path = root / "tests" / file
    return path.exists() and len(re.findall(rf"\b{function}\b", path.read_text(encoding="utf-8"))) >= 2


def faults_of(root, section, entry):
    if one_line(entry["claim"]) not in section:
        yield f"README.md no longer says “{entry['claim']}”"
    for test in entry["tests"]:
        if not is_run(root, test):
            yield f"“{entry['claim']}”: there is no {test}"


def main():
    root = pathlib.Path(sys.argv[1])
    section = security_section(root)
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
