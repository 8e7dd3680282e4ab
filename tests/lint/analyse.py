#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Have cppcheck, gcc's own analyzer or codespell look at the product, or at its words.

usage: analyse.py SOURCE_DIR BUILD_DIR cppcheck|gcc|codespell

BUILD_DIR holds compile_commands.json. analyse.json lets single findings off, each with the reason; an entry that is needed
no more is named. Prints each finding once and a closing line `N passed, N failed` (files); ends with 77 where the program is
not installed. gcc takes minutes of a processor, cppcheck as many; codespell a second.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

SKIPPED = 77
HERE = pathlib.Path(__file__).parent
# GLib's macros that cppcheck cannot know without its headers.
MACROS = ["G_DEFINE_QUARK(a,b)=", "G_GNUC_PRINTF(a,b)=", "G_GNUC_NULL_TERMINATED=", "G_DEFINE_AUTOPTR_CLEANUP_FUNC(a,b)=",
          "G_STATIC_ASSERT(x)=", "LATE_FILE=\"x\"", "PERCH_VERSION=\"0\"", "_GNU_SOURCE"]
SPELLED = ["src", "ui", "assets", "tests", ".ci", "README.md", "CMakeLists.txt"]
# Foreign tongues and hostile texts are what these are about.
NOT_SPELLED = "*.png,*.svg,node_modules,*.lock,*/data/input/*,*/data/fuzz/*,plain-words.json,asides.json,analyse.json"


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, **options).stdout


def cppcheck(root, build, files):
    shown = [str(path.relative_to(root)) for path in files]
    said = subprocess.run(["cppcheck", "--quiet", "--std=c11", "--enable=warning,performance,portability", "-Isrc", "-I.",
                           "--library=gtk,posix,gnu", *[f"-D{macro}" for macro in MACROS], "--suppress=missingInclude",
                           "--template={file}:{line}: {id}: {message}", f"-j{os.cpu_count()}", *shown],
                          capture_output=True, text=True, cwd=root).stderr
    return [match.groups() for match in re.finditer(r"^(\S+):(\d+): (\w+: .*)$", said, re.M)]


def gcc(root, build, files):
    commands = {entry["file"]: entry for entry in json.loads((pathlib.Path(build) / "compile_commands.json").read_text())}

    def look(path):
        entry = commands[str(path)]
        words = [word for word in shlex.split(entry["command"]) if not word.endswith("ccache") and word != "-Werror"]
        words[words.index("-o") + 1] = os.devnull
        said = subprocess.run([*words, "-O1", "-fanalyzer", "-fdiagnostics-plain-output"], capture_output=True, text=True,
                              cwd=entry["directory"]).stderr
        return re.findall(r"^(\S+?):(\d+):\d+: (?:warning|error): (.*)$", said, re.M)

    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return [(os.path.relpath(name, root) if os.path.isabs(name) else name, line, what)
                for found in pool.map(look, files) for name, line, what in found]


def codespell(root, build, files):
    said = run(["codespell", "--skip", NOT_SPELLED, *SPELLED], cwd=root)
    return [match.groups() for match in re.finditer(r"^(?:\./)?(\S+):(\d+): (.*)$", said, re.M)]


def excused(finding, text, entries):
    """The entry that lets FINDING off, whose line is TEXT."""
    name, _, what = finding
    return next((entry for entry in entries if re.search(entry["finding"], what)
                 and re.fullmatch(entry.get("file", ".*"), name) and entry.get("line", "") in text), None)


def main(root, build, program):
    root = pathlib.Path(root).resolve()
    if shutil.which(program) is None:
        print(f"skipped: there is no {program}")
        return SKIPPED
    files = sorted(path for top in ("src", "ui") for path in root.glob(f"{top}/**/*.c"))
    entries = json.loads((HERE / "analyse.json").read_text(encoding="utf-8"))[program]
    found = {"cppcheck": cppcheck, "gcc": gcc, "codespell": codespell}[program](root, build, files)
    used, failed = [], set()
    for finding in dict.fromkeys(found):
        name, line, what = finding
        lines = (root / name).read_text(encoding="utf-8", errors="replace").splitlines() if (root / name).is_file() else []
        text = lines[int(line) - 1] if 0 < int(line) <= len(lines) else ""
        entry = excused(finding, text, entries)
        used += [entry] if entry else []
        if entry is None:
            print(f"{name}:{line}: {what}\n    {text.strip()}")
            failed.add(name)
    for entry in entries:
        if entry not in used:
            print(f"remark: analyse.json lets {entry['finding']} off without need")
    print(f"{len(files) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[3] not in ("cppcheck", "gcc", "codespell"):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
