#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Have clang-tidy look at the product, by .clang-tidy.

usage: tidy.py SOURCE_DIR BUILD_DIR [--all]

BUILD_DIR holds compile_commands.json. Without --all only a few files are looked at, since each takes seconds: those that
differ from the last commit, then those of the last commits, FEW of them at most; where git knows nothing, the longest file
of each folder. Prints each finding once and a closing line `N passed, N failed`; ends with 77 where there is no clang-tidy.
"""
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys

FEW = 4
COMMITS = 10
SKIPPED = 77
FINDING = re.compile(r"^(/\S+?:\d+:\d+): (?:warning|error): (.*)$", re.M)


def git(root, *arguments):
    run = subprocess.run(["git", *arguments], capture_output=True, text=True, cwd=root)
    return run.stdout.split() if run.returncode == 0 else []


# Options that the build has for gcc, and clang does not know, or not without another.
OF_GCC = ["--extra-arg=-Wno-unknown-warning-option", "--extra-arg=-ftrivial-auto-var-init=uninitialized"]


def few_of(root, files):
    known = {str(path.relative_to(root)): path for path in files}
    changed = git(root, "diff", "--name-only", "HEAD") + git(root, "log", f"-{COMMITS}", "--name-only", "--format=")
    names = [name for name in dict.fromkeys(changed) if name in known]
    if not names:
        longest = {path.parent: str(path.relative_to(root)) for path in sorted(files, key=lambda path: path.stat().st_size)}
        names = sorted(longest.values())
    return [known[name] for name in names[:FEW]]


def findings_of(tidy, build, path):
    run = subprocess.run([tidy, "-p", build, "--quiet", *OF_GCC, str(path)], capture_output=True, text=True)
    found = FINDING.findall(run.stdout)
    return found or ([(str(path), run.stderr.strip())] if run.returncode != 0 else [])


def main(root, build, everything):
    tidy = shutil.which("clang-tidy") or shutil.which("clang-tidy-14")
    if tidy is None:
        print("skipped: there is no clang-tidy")
        return SKIPPED
    root = pathlib.Path(root).resolve()
    files = sorted(path for top in ("src", "ui") for path in root.glob(f"{top}/**/*.c"))
    chosen = files if everything else few_of(root, files)
    failed, told = 0, set()
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() if everything else 1) as pool:
        for path, found in zip(chosen, pool.map(lambda path: findings_of(tidy, build, path), chosen)):
            failed += bool(found)
            for place, what in found:
                if (place, what) not in told:
                    print(f"{place.removeprefix(str(root) + '/')}: {what}", flush=True)
                told.add((place, what))
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2], "--all" in sys.argv[3:]))
