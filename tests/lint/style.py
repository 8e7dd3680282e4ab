#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Rules of this code that a compiler does not hold.

usage: style.py SOURCE_DIR

Layout by clang-format, files under 600 lines, functions of 80 lines at most, no call that GLib or a safer one replaces, no
exit() below main, no sleep in tests, and a script that begins as a command can be run. Prints one line a fault and a
closing line `N passed, N failed`.
"""
import pathlib
import re
import subprocess
import sys

FILE_LIMIT = 600
FUNCTION_LIMIT = 80
BANNED = re.compile(r"\b(sprintf|strcpy|strcat|strtok|atoi|gets|strdup|strndup|malloc|calloc|realloc|system|popen)\s*\(")
EXIT = re.compile(r"\b_?exit\s*\(")
SLEEP = re.compile(r"\b(sleep|usleep|nanosleep|g_usleep)\s*\(")
# What runs there are processes of their own, from fork() to their end.
EXIT_ALLOWED = {"src/secrets/guardian.c", "src/base/launcher.c"}
# The memory that libcurl gets, wiped when it is given back.
BANNED_ALLOWED = {"src/microsoft/http_memory.c"}
# It polls for something, with a deadline.
SLEEP_ALLOWED = {"tests/support/background.c"}


def code_of(text):
    text = re.sub(r"/\*.*?\*/", lambda match: "\n" * match.group().count("\n"), text, flags=re.S)
    return re.sub(r'"(\\.|[^"\\\n])*"', '""', text)


def functions(lines):
    start = None
    for number, line in enumerate(lines, 1):
        if line.startswith("{"):
            start = number
        elif line.startswith("}") and start is not None:
            yield start, number - start + 1
            start = None


def faults_of(path, name):
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    code = code_of(text)
    product = name.startswith(("src/", "ui/"))
    if len(lines) > FILE_LIMIT and product:
        yield f"{name}: {len(lines)} lines"
    for start, length in functions(lines):
        if length > FUNCTION_LIMIT and product:
            yield f"{name}:{start}: a function of {length} lines"
    for number, line in enumerate(code.splitlines(), 1):
        if product and BANNED.search(line) and name not in BANNED_ALLOWED:
            yield f"{name}:{number}: {BANNED.search(line).group(1)} has a better one"
        if product and EXIT.search(line) and name not in EXIT_ALLOWED:
            yield f"{name}:{number}: exit() below main"
        if name.startswith("tests/") and SLEEP.search(line) and name not in SLEEP_ALLOWED:
            yield f"{name}:{number}: waits for time instead of for something"


def badly_laid_out(root, files):
    run = subprocess.run(["clang-format", "--dry-run", *map(str, files)], capture_output=True, text=True, cwd=root)
    return sorted({line.split(":")[0] for line in run.stderr.splitlines() if "clang-format-violations" in line})


def not_to_be_run(root):
    """What of ROOT's scripts begins as a command, and is none."""
    for path in sorted(path for suffix in ("py", "sh") for top in ("assets", "src", "tests") for path in root.glob(f"{top}/**/*.{suffix}")):
        if "node_modules" not in path.parts and path.read_bytes().startswith(b"#!") and not path.stat().st_mode & 0o100:
            yield f"{path.relative_to(root)}: begins with #!, and cannot be run (chmod +x)"


def main(root):
    root = pathlib.Path(root).resolve()
    files = sorted(path for top in ("src", "ui", "tests") for path in root.glob(f"{top}/**/*.[ch]"))
    crooked = badly_laid_out(root, files)
    passed = failed = 0
    for path in files:
        name = str(path.relative_to(root))
        found = list(faults_of(path, name)) + [f"{name}: layout" for bad in crooked if bad == str(path)]
        for fault in found:
            print(fault)
        failed += bool(found)
        passed += not found
    for fault in not_to_be_run(root):
        print(fault)
        failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
