#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How much of each folder the tests have carried out, by lines and by branches.

usage: coverage.py BUILD_DIR [--fresh] [--missed PATH] [--at-least LINES,BRANCHES]

BUILD_DIR is what `.ci/build coverage` makes; what is counted is what has run in it since --fresh was last given, by ctest
or by hand: perch and perch-practice count too, unless they were killed. Prints a table by folder, then the files of
DECIDING whose tables are not whole. --missed lists the lines of PATH (a file or folder) that nothing reached or that went one
way only. --fresh forgets what has run. Exit 1 if a folder has less than --at-least (default 90,80) or a deciding file is
not whole.

Left out, by this rule alone: a line that ends the program where it does not hold (g_assert, G_STATIC_ASSERT,
g_assert_not_reached), and the branches inside a macro of GLib's that asks for NULL before it frees (g_clear_pointer,
G_DEFINE_AUTOPTR_CLEANUP_FUNC and the like). Memory never runs out for perch: g_malloc ends the program.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TOPS = ("src/", "ui/")
# What decides and does nothing: each line, and each way out of each condition, is a row of some test's table.
DECIDING = ["src/engine/belief.c", "src/engine/step_status.c", "src/engine/actions.c", "src/engine/undo_plan.c",
            "src/engine/outcome.c", "src/board/state.c"]
ENDS_THE_PROGRAM = re.compile(r"^\s*(?:g_assert\w*|G_STATIC_ASSERT|g_return_(?:val_)?if_fail)\b")
MACRO_OF_GLIB = re.compile(r"^\s*(?:g_clear_\w+|g_steal_\w+|G_DEFINE_\w+|g_assert\w*|g_strfreev|g_string_append_c)\b")


def reports(build):
    """gcov's report of each object of the product that has run."""
    data = [path for top in TOPS for path in sorted(build.glob(f"{top}**/*.gcda"))]
    for at in range(0, len(data), 40):
        run = subprocess.run(["gcov", "--json-format", "--branch-probabilities", "--stdout", *map(str, data[at:at + 40])],
                             capture_output=True, text=True, cwd=build)
        for line in run.stdout.splitlines():
            if line.startswith("{"):
                yield json.loads(line)


def gathered(build):
    """File -> line -> [times, {branch: times}] over all objects; a header's line stands in many."""
    files = collections.defaultdict(dict)
    for report in reports(build):
        for entry in report["files"]:
            name = entry["file"].removeprefix("./").removeprefix(f"{ROOT}/")
            if not name.startswith(TOPS) or not (ROOT / name).is_file():
                continue
            for line in entry["lines"]:
                known = files[name].setdefault(line["line_number"], [0, collections.Counter()])
                known[0] += line["count"]
                known[1].update({at: branch["count"] for at, branch in enumerate(line["branches"])})
    return files


def judged(name, lines):
    """(line number, reached, ways, ways taken) of each line of NAME that counts."""
    text = (ROOT / name).read_text(encoding="utf-8").splitlines()
    for number, (times, branches) in sorted(lines.items()):
        source = text[number - 1] if number <= len(text) else ""
        if ENDS_THE_PROGRAM.match(source):
            continue
        ways = {} if MACRO_OF_GLIB.match(source) else branches
        yield number, times > 0, len(ways), sum(count > 0 for count in ways.values())


def room(name):
    parts = name.split("/")
    return "/".join(parts[:-1])


def percent(part, whole):
    return 100 * part / whole if whole else 100


def tell_missed(files, path):
    for name in sorted(files):
        if name == path or name.startswith(path.rstrip("/") + "/"):
            text = (ROOT / name).read_text(encoding="utf-8").splitlines()
            for number, reached, ways, taken in judged(name, files[name]):
                if not reached or taken < ways:
                    what = f"{taken} of {ways}" if reached else "not reached"
                    print(f"{name}:{number}: {what}: {text[number - 1].strip()}")


def table(files, least):
    """Print it; the names of what is below the mark."""
    rooms = collections.defaultdict(lambda: [0, 0, 0, 0])
    whole = {}
    for name, lines in files.items():
        found = list(judged(name, lines))
        figures = [len(found), sum(line[1] for line in found), sum(line[2] for line in found), sum(line[3] for line in found)]
        whole[name] = figures[0] == figures[1] and figures[2] == figures[3]
        for place in (room(name), "all"):
            rooms[place] = [sum(pair) for pair in zip(rooms[place], figures)]
    low = []
    print(f"{'folder':24} {'lines':>7} {'reached':>8} {'branches':>9} {'taken':>6}")
    for name, (lines, reached, ways, taken) in sorted(rooms.items(), key=lambda entry: (entry[0] == "all", entry[0])):
        of_lines, of_ways = percent(reached, lines), percent(taken, ways)
        is_low = of_lines < least[0] or of_ways < least[1]
        low += [name] if is_low and name != "all" else []
        print(f"{name:24} {lines:7} {of_lines:7.1f}% {ways:9} {of_ways:5.1f}%{'  below' if is_low else ''}")
    return low + [name for name in DECIDING if not whole.get(name)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--missed")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--at-least", default="90,80")
    options = parser.parse_args()
    build = options.build.resolve()
    if options.fresh:
        for path in build.rglob("*.gcda"):
            path.unlink()
        return 0
    files = gathered(build)
    if not files:
        print(f"coverage: nothing has run in {build}; `.ci/build coverage` makes it, and ctest runs it")
        return 2
    if options.missed:
        tell_missed(files, options.missed)
        return 0
    low = table(files, [float(figure) for figure in options.at_least.split(",")])
    for name in low:
        print(f"{'not whole' if name.endswith('.c') else 'below'}: {name}")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
