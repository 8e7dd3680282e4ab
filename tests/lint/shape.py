#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The shape that keeps this code easy to find one's way in.

usage: shape.py SOURCE_DIR [--list]

A header belongs to one .c file of its name beside it, and a .c file has one; a file name stands in one folder only; functions
are neither so short that a reader jumps nor so long that he scrolls: the median of each folder is MEDIAN lines or more, and
hardly any has over LONG. What shape.json lists for a rule is let off it, with the reason; an entry that is needed no more is
named. A folder that shape.json names under "median" is held to that figure, which may rise and not fall. --list prints each
folder's figures. Prints one line a fault and a closing line `N passed, N failed`.
"""
import collections
import json
import pathlib
import re
import sys

MEDIAN = 12
LONG = 40
MOST_LONG = 2  # percent of a folder's functions
TOPS = ("src", "ui")


def functions(path):
    """The length in lines, brace to brace, of each function, laid out as clang-format does it."""
    start = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            yield number - start + 2
            start = None


def room(path, root):
    parts = path.relative_to(root).parts
    return "/".join(parts[:2]) if parts[0] == "src" and len(parts) > 2 else parts[0]


def unpaired(files, root):
    """(rule, name) of each header without a .c file and each .c file without a header."""
    for path in files:
        name = str(path.relative_to(root))
        if path.suffix == ".h" and not path.with_suffix(".c").exists():
            yield "header alone", name
        if path.suffix == ".c" and not path.with_suffix(".h").exists() and path.stem != "main":
            yield "code alone", name


def doubled(files):
    folders = collections.defaultdict(set)
    for path in files:
        if path.stem != "main":
            folders[path.stem].add(path.parent)
    return (("same name", stem) for stem, where in sorted(folders.items()) if len(where) > 1)


def excused(rule, name, lists):
    return any(name == entry or (entry.endswith(("/", "_")) and name.startswith(entry)) for entry in lists.get(rule, {}))


def lengths(files, root, floors, tell):
    """A fault for each folder whose functions are too short in the middle or too often long."""
    rooms = collections.defaultdict(list)
    for path in files:
        if path.suffix == ".c":
            rooms[room(path, root)] += functions(path)
    for name, found in sorted(rooms.items()):
        found.sort()
        median, long = found[len(found) // 2] if found else MEDIAN, sum(length > LONG for length in found)
        floor = floors.get(name, MEDIAN)
        if tell:
            print(f"{name:16} {len(found):5} functions, median {median:2}, over {LONG}: {long}, longest {found[-1] if found else 0}")
        if median < floor:
            yield f"{name}: the median function has {median} lines, it should have {floor}: join what is called once"
        if long * 100 > MOST_LONG * max(len(found), 100):
            yield f"{name}: {long} functions have over {LONG} lines"


def main(root, tell):
    root = pathlib.Path(root).resolve()
    lists = json.loads((pathlib.Path(__file__).parent / "shape.json").read_text(encoding="utf-8"))
    files = sorted(path for top in TOPS for path in root.glob(f"{top}/**/*.[ch]"))
    odd = [*unpaired(files, root), *doubled(files)]
    faults = [f"{rule}: {name}" for rule, name in odd if not excused(rule, name, lists)]
    faults += lengths(files, root, lists.pop("median"), tell)
    for rule, entries in lists.items():
        for entry in entries:
            if not any(rule == kind and excused(rule, name, {rule: [entry]}) for kind, name in odd):
                print(f"remark: shape.json lets {entry} off “{rule}” without need")
    for fault in faults:
        print(fault)
    print(f"{max(len(files) - len(faults), 0)} passed, {len(faults)} failed")
    return 1 if faults or not files else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], "--list" in sys.argv[2:]))
