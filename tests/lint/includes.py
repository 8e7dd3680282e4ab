#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Hold the table of who may include whom, and that every header compiles alone: the build shows it of those that the
.c file of their name includes first, and the rest are compiled here.

usage: includes.py SOURCE_DIR [--compile COMPILER FLAG...]

Prints one line a fault and a closing line `N passed, N failed`.
"""
import pathlib
import re
import subprocess
import sys

# Folder -> what it may include beside itself and base/. A file stands for that file only.
ALLOWED = {
    "base": [],
    "input": [],
    "secrets": [],
    "microsoft": ["secrets", "input"],
    "board": [],
    "onboarding": ["microsoft/request.h", "input", "board/state.h", "board/field.h"],
    "store": [],
    "engine": ["store", "onboarding", "board", "microsoft", "secrets", "input"],
    "ui": ["engine/session.h", "board", "input"],
    "commands": ["ui", "engine/session.h", "board", "input", "secrets/guardian.h", "secrets/sandbox.h", "secrets/seal_key.h",
                 "microsoft/explain_text.h", "store/audit.h", "store/chain.h", "store/journal.h", "onboarding/profile.h"],
    "practice": [],
    "main": ["commands", "secrets/harden.h"],
}
# Library header -> the one folder that may include it.
LIBRARIES = {
    r"(n?curses|ncursesw/.*|term)\.h": ["ui"],
    r"curl/.*": ["microsoft"],
    r"cjson/.*|cJSON\.h": ["base"],
    r"libsecret/.*": ["secrets"],
    r"gmime/.*": ["input"],
    r"gio/.*|glib-object\.h": ["secrets", "base"],
    r"openssl/.*": ["microsoft", "practice"],
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.M)


def room(path, root):
    parts = path.relative_to(root).parts
    if parts[0] == "ui":
        return "ui"
    return parts[1] if len(parts) > 2 else "main"


def arrow_allowed(here, target):
    there = target.split("/")[0]
    if there in (here, "base") or "/" not in target:
        return True
    return any(target == rule or there == rule for rule in ALLOWED[here])


def faults_of(path, root):
    here = room(path, root)
    for kind, target in INCLUDE.findall(path.read_text(encoding="utf-8")):
        if kind == '"' and not arrow_allowed(here, target):
            yield f"{path.relative_to(root)}: {here} may not include {target}"
        for pattern, rooms in LIBRARIES.items():
            if kind == "<" and re.fullmatch(pattern, target) and here not in rooms:
                yield f"{path.relative_to(root)}: <{target}> belongs to {', '.join(rooms)}"


def is_built_alone(path, root):
    source = path.with_suffix(".c")
    first = INCLUDE.search(source.read_text(encoding="utf-8")) if source.exists() else None
    return bool(first) and first.groups() == ('"', path.relative_to(root).as_posix().removeprefix("src/"))


def compiles_alone(path, root, command):
    run = subprocess.run(command + ["-fsyntax-only", "-x", "c", "-include", str(path), "/dev/null"],
                         capture_output=True, text=True, cwd=root)
    return None if run.returncode == 0 else f"{path.relative_to(root)}: does not compile alone\n{run.stderr}"


def main(arguments):
    root = pathlib.Path(arguments[0]).resolve()
    command = arguments[2:] if arguments[1:2] == ["--compile"] else None
    passed = failed = 0
    for path in sorted([*root.glob("src/**/*.[ch]"), *root.glob("ui/**/*.[ch]")]):
        found = list(faults_of(path, root))
        if command and path.suffix == ".h" and not is_built_alone(path, root):
            found += [fault for fault in [compiles_alone(path, root, command)] if fault]
        for fault in found:
            print(fault)
        failed += bool(found)
        passed += not found
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
