#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Change the source in one small place at a time and see whether a test notices.

usage: mutate.py [--seed N] [--count N] [--at-least PERCENT] [--since COMMIT] [--tree FOLDER] [--units] [--sanitize]
                 [--list]
                 [PATH...]

A mutant is drawn by the seed from the functions of each PATH (a folder or file below src/ or ui/; default: every folder),
COUNT a path; with --since only from functions that differ from COMMIT. It is built in FOLDER (default: build-mutate), a
copy that is kept for the next run, and judged nearest first: by the unit tests that include its file's header, by those
of its folder, by the processes' tests that nearest.json names for the folder. A mutant that does not build is replaced by
another; one that equivalent.json names, with the reason, is not drawn, or only with --sanitize where that notices it.

With --units no process is started, and the score is that of the unit tests alone: seconds a mutant instead of minutes.

With --sanitize the copy has the address sanitizer, which notices a loop that goes one too far and what is not freed.

Prints a line a mutant, the score of each path and the names of the survivors. Exit 0: every path has at least PERCENT;
1: one has less; 2: the unchanged source does not build or pass.
"""
import argparse
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
COPIED = ["CMakeLists.txt", ".clang-format", "src", "ui", "assets", "tests"]
DRAWS_FOR_ONE = 8  # mutants that do not build, before it is given up
TEST_SECONDS = 300
UNIT_SECONDS = 60
MOST_UNITS = 14
SLOW = ["unit/microsoft_browser_test"]  # waits for clients that are slow: only for its own folder

# (name, what to find in a line of a function, what stands there instead)
PATTERNS = [
    ("and to or", r" && ", " || "),
    ("or to and", r" \|\| ", " && "),
    ("< to <=", r" < ", " <= "),
    ("<= to <", r" <= ", " < "),
    ("> to >=", r" > ", " >= "),
    (">= to >", r" >= ", " > "),
    ("== to !=", r" == ", " != "),
    ("!= to ==", r" != ", " == "),
    ("TRUE to FALSE", r"\bTRUE\b", "FALSE"),
    ("FALSE to TRUE", r"\bFALSE\b", "TRUE"),
    ("continue removed", r"\bcontinue;", "(void)0;"),
    # Not of -1, which stands for "none" or "all of it" and is as good as any other negative number; nor of how many are
    # allocated, where more is as good.
    ("constant + 1", r"(?<![\w.\"%'\\\[-])(\d+)(?![\w.\"'])", lambda m: str(int(m.group(1)) + 1)),
    ("compared word", r"((?:strcmp|g_strcmp0|g_str_equal|json_get\w*|g_str_has_prefix)\([^\"]*\")([^\"\\]+)\"", r'\1\2~"'),
]
ALLOCATION = re.compile(r"\b(?:g_new0?\([\w *]+, |g_string_chunk_new\(|g_string_sized_new\()$")
CONDITION = re.compile(r"\b(?:if|while) \(")
STATEMENT = re.compile(r"^(\s+)(?:[\w.>\[\]*-]+ [+|&-]?= .*|(?!return|if|while|for|switch|sizeof|g_auto|G_)\w+\([^;]*\)|[\w.>\[\]-]+(?:\+\+|--));$")
FUNCTION_NAME = re.compile(r"(\w+)\(")


def masked(text):
    """TEXT with the same length whose comments and strings are blanks (only words that a test compares stay)."""
    blank = lambda match: re.sub(r"[^\n]", " ", match.group())
    return re.sub(r"/\*.*?\*/|//[^\n]*", blank, text, flags=re.S)


def functions(lines):
    """(name, index of the opening brace, index of the closing one) of each function, laid out as clang-format does it."""
    start = None
    for index, line in enumerate(lines):
        if line == "{":
            start = index
        elif line == "}" and start is not None:
            head = start - 1
            while head > 0 and lines[head - 1].strip() and not lines[head - 1].startswith(("}", "#")):
                head -= 1
            name = FUNCTION_NAME.search(" ".join(lines[head:start]))
            yield (name.group(1) if name else "?"), start, index
            start = None


def closing(line, at):
    depth = 0
    for index in range(at, len(line)):
        depth += {"(": 1, ")": -1}.get(line[index], 0)
        if depth == 0:
            return index
    return None


def in_string(line, at):
    return line[:at].replace('\\"', "").count('"') % 2 == 1


def changes_of(line):
    """(name, changed line) for every small change that LINE can take."""
    for match in CONDITION.finditer(line):
        end = closing(line, match.end() - 1)
        if end is not None:
            yield "condition negated", f"{line[:match.end()]}!({line[match.end():end]}){line[end:]}"
    if STATEMENT.match(line) and closing(line + ")", 0) is None:
        yield "statement dropped", STATEMENT.match(line).group(1) + "(void)0;"
    for name, pattern, instead in PATTERNS:
        for match in re.finditer(pattern, line):
            is_count = name == "constant + 1" and ALLOCATION.search(line[:match.start()])
            if not is_count and not in_string(line, match.start()):
                yield name, line[:match.start()] + match.expand(instead) + line[match.end():] if isinstance(
                    instead, str) else line[:match.start()] + instead(match) + line[match.end():]


def mutants_of(name, touched=None):
    """Every mutant of the file NAME; TOUCHED: only in functions that hold one of these line numbers."""
    text = (ROOT / name).read_text(encoding="utf-8")
    lines, code = text.split("\n"), masked(text).split("\n")
    for function, start, end in functions(lines):
        if touched is not None and not any(start < number <= end + 1 for number in touched):
            continue
        for index in range(start + 1, end):
            if re.match(r"\s*(static )?const\b.*[{;]$|\s*G_STATIC_ASSERT|\s*enum\b", code[index]) or not code[index].strip():
                continue
            for kind, changed in changes_of(code[index].rstrip()):
                yield {"file": name, "line": index + 1, "function": function, "change": kind,
                       "from": lines[index].strip(), "to": changed.strip(), "text": changed}


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, **options)


def touched_lines(since):
    """File -> numbers of the lines that differ from the commit SINCE."""
    out = run(["git", "diff", "-U0", since, "--", "src", "ui"], cwd=ROOT, check=True).stdout
    touched, name = {}, None
    for line in out.splitlines():
        if line.startswith("+++ "):
            name = line[6:]
        elif line.startswith("@@"):
            first, count = re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", line).groups()
            touched.setdefault(name, set()).update(range(int(first), int(first) + int(count or 1)))
    return touched


class Tree:
    """The copy that mutants are built and judged in."""

    def __init__(self, folder, units_only=False, sanitized=False):
        self.folder, self.build = folder, folder / "build"
        self.table = {rule: [test for test in tests if not units_only or test.startswith("unit/")]
                      for rule, tests in json.loads((HERE / "nearest.json").read_text(encoding="utf-8")).items()}
        self.bring_up_to_date()
        # Quick to build, and a change that a compiler only warns of is one that a test has to notice.
        options = ["-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_C_FLAGS=-O0 -w", f"-DPERCH_CONTRACTS={ROOT.parent / 'shared'}"]
        options += ["-DPERCH_SANITIZE=address"] if sanitized else ["-DPERCH_SANITIZE="]
        options += ["-DCMAKE_C_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
        options += ["-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=mold"] if shutil.which("mold") else []
        configured = run(["cmake", "-S", folder, "-B", self.build, "-G", "Ninja", *options])
        if configured.returncode != 0:
            sys.exit(f"{configured.stderr}\nmutate: the tree cannot be configured")

    def bring_up_to_date(self):
        wanted = {}
        for top in COPIED:
            source = ROOT / top
            files = [source] if source.is_file() else [path for path in source.rglob("*") if path.is_file()]
            wanted.update({path.relative_to(ROOT): path for path in files if "node_modules" not in path.parts})
        for name, path in wanted.items():
            target = self.folder / name
            if not target.exists() or target.read_bytes() != path.read_bytes():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target)
        for top in COPIED[2:]:
            for path in (self.folder / top).rglob("*"):
                if path.is_file() and path.relative_to(self.folder) not in wanted:
                    path.unlink()

    def tests_for(self, name):
        header, folder = name.removeprefix("src/")[:-2] + ".h", str(pathlib.Path(name).parent)
        stem = pathlib.Path(name).stem
        units = {path: path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("tests/unit/*_test.c"))}
        own = [path for path, text in units.items() if f'"{header}"' in text]
        near = [path for path, text in units.items()
                if path.stem.startswith(folder.split("/")[-1] + "_") or f'"{folder.removeprefix("src/")}/' in text]
        rules = [rule for rule in self.table if name == rule or name.startswith((rule + "/", rule + "."))]
        tests = sorted((f"unit/{path.stem}" for path in [*own, *near]), key=lambda test: (stem not in test, stem.split("_")[0] not in test))
        slow = [test for test in tests if test in SLOW and test.split("/")[1].split("_")[0] not in name]
        tests = [test for test in dict.fromkeys(tests) if test not in slow][:MOST_UNITS]
        tests += [test for rule in sorted(rules, key=len, reverse=True) for test in self.table[rule]]
        return list(dict.fromkeys(tests))

    def make(self, tests):
        """What the compiler says against it; None if it builds."""
        targets = [test.replace("/", "_", 1) for test in tests]
        if any(not test.startswith("unit/") for test in tests):
            targets += ["perch", "perch-practice"]
        made = run(["cmake", "--build", self.build, "--target", *targets])
        return None if made.returncode == 0 else made.stdout[-2000:]

    def passes(self, test):
        try:
            ran = run(["ctest", "--test-dir", self.build, "-R", f"^{re.escape(test)}$", "--no-tests=error"],
                      timeout=UNIT_SECONDS if test.startswith("unit/") else TEST_SECONDS)
        except subprocess.TimeoutExpired:
            return False
        return ran.returncode == 0

    def first_failure(self, tests):
        """The first that fails twice: once, a busy machine may do."""
        return next((test for test in tests if not self.passes(test) and not self.passes(test)), None)

    def judge(self, mutant):
        """("killed", test), ("survived", "") or ("not built", "")."""
        path = self.folder / mutant["file"]
        before = path.read_text(encoding="utf-8")
        lines = before.split("\n")
        lines[mutant["line"] - 1] = mutant["text"]
        tests = self.tests_for(mutant["file"])
        try:
            path.write_text("\n".join(lines), encoding="utf-8")
            units = [test for test in tests if test.startswith("unit/")]
            for stage in [units[:1], units[1:], [test for test in tests if test not in units]]:
                if stage and self.make(stage) is not None:
                    return "not built", ""
                failed = self.first_failure(stage)
                if failed:
                    return "killed", failed
            return "survived", ""
        finally:
            path.write_text(before, encoding="utf-8")


def files_of(path):
    place = ROOT / path
    return [path] if place.is_file() else sorted(str(file.relative_to(ROOT)) for file in place.rglob("*.c"))


def candidates(path, touched, sanitized=False):
    known = json.loads((HERE / "equivalent.json").read_text(encoding="utf-8"))
    same = {(entry["file"], entry["function"], entry["from"], entry["to"]) for entry in known
            if not (sanitized and entry.get("sanitizer"))}
    found = []
    for name in files_of(path):
        if touched is None or name in touched:
            found += mutants_of(name, touched and touched[name])
    return [m for m in found if (m["file"], m["function"], m["from"], m["to"]) not in same]


def tell(mutant, verdict, detail, seconds):
    print(f"{verdict:9} {mutant['file']}:{mutant['line']} {mutant['function']}: {mutant['change']}"
          f"{' <- ' + detail if detail else ''}  ({seconds:.0f} s)", flush=True)


def judge_path(tree, path, drawn, count):
    """(noticed, survivors) among COUNT mutants of PATH, taken from DRAWN in order."""
    noticed, survivors = 0, []
    left = count * DRAWS_FOR_ONE
    for mutant in drawn[:left]:
        if noticed + len(survivors) == count:
            break
        start = time.monotonic()
        verdict, detail = tree.judge(mutant)
        if verdict == "not built":
            continue
        tell(mutant, verdict, detail, time.monotonic() - start)
        noticed += verdict == "killed"
        survivors += [mutant] if verdict == "survived" else []
    return noticed, survivors


def fit_unchanged(tree, paths):
    """End the program unless the unchanged source builds and passes what will judge its mutants."""
    tests = []
    for path in paths:
        for name in files_of(path):
            tests += [test for test in tree.tests_for(name) if test not in tests]
    said = tree.make(tests)
    failed = None if said else tree.first_failure(tests)
    if said or failed:
        print(said or f"mutate: {failed} fails without any change")
        sys.exit(2)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--at-least", type=int, default=0)
    parser.add_argument("--since")
    parser.add_argument("--tree", type=pathlib.Path, default=ROOT / "build-mutate")
    parser.add_argument("--units", action="store_true")
    parser.add_argument("--sanitize", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("paths", nargs="*")
    options = parser.parse_args()
    paths = [path.rstrip("/") for path in options.paths]
    paths = paths or sorted(str(place.relative_to(ROOT)) for place in ROOT.glob("src/*/")) + ["ui"]
    touched = touched_lines(options.since) if options.since else None
    drawn = {}
    for path in paths:
        drawn[path] = candidates(path, touched, options.sanitize)
        random.Random(f"{options.seed} {path}").shuffle(drawn[path])
    if options.list:
        for mutant in [m for path in paths for m in drawn[path][:options.count]]:
            print(f"{mutant['file']}:{mutant['line']} {mutant['function']}: {mutant['change']}: {mutant['to']}")
        return 0
    tree = Tree(options.tree.resolve(), options.units, options.sanitize)
    paths = [path for path in paths if drawn[path]]
    fit_unchanged(tree, paths)
    results = {path: judge_path(tree, path, drawn[path], options.count) for path in paths}
    low = 0
    print(f"\n{'path':24} {'noticed':>8} {'of':>4} {'score':>6}")
    for path, (noticed, survivors) in results.items():
        total = noticed + len(survivors)
        score = 100 * noticed // total if total else 100
        low += score < options.at_least
        print(f"{path:24} {noticed:8} {total:4} {score:5}%")
    for mutant in [m for _, survivors in results.values() for m in survivors]:
        print(f"survivor {mutant['file']}:{mutant['line']} {mutant['function']}: {mutant['change']}\n"
              f"    - {mutant['from']}\n    + {mutant['to']}")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
