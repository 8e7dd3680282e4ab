#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What perch takes, as ratios, each measured side by side with what it is compared with, and whether it is what it ought to be.

usage: bench.py [BUILD_DIR] [--runs N] [--only WORD] [--minutes N] [--write FILE]

Builds what it needs in BUILD_DIR (build, beside tests), measures, and prints one table: on a fresh clone this is all.
Each figure is the median of N runs (7) in turn with its counterpart, A B A B ...; a peer that is not installed, and a part
that cannot be measured here, is named and left out. Latency is the practice tenant's, from a request to its answer.
--only measures the parts whose name has WORD in it, --minutes (15) is how long the whole may take, and --write puts the
table between the marks in FILE that the manual has for it (tests/README.md).
"""
import argparse
import datetime
import ctypes
import json
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import fcntl
import time
import urllib.parse
import urllib.request

# Round trips that wait for one another. A check: names, what their ids lead to, what that leads to. An apply reads all
# that anew, asks for the rights of its writes by a code (the code, the token), looks before its first write, and then
# needs two for each: the write, and its proof with the look before the next.
WAVES = 3
SIGN_IN = 2
LOOK = 1
LATENCIES = (0, 20, 100)
CLOCK_RATE = 600
HERE = pathlib.Path(__file__).resolve().parent
ROWS = []
BEGUN = time.monotonic()
LIMIT = 15 * 60
MARKS = "<!-- bench: begin -->", "<!-- bench: end -->"


def row(name, figure, ratio="", goal=None, value=None, why="", least=False):
    """GOAL: what VALUE may be at most (LEAST: has to be at least), WHY what keeps it from that."""
    verdict = ""
    if goal is not None:
        is_reached = value is not None and (value >= goal if least else value <= goal)
        verdict = "reached" if is_reached else "not reached" + (f": {why}" if why else "")
        goal = f"{'>=' if least else '<='} {goal:g}"
    ROWS.append((name, figure, ratio, goal or "", verdict))
    print(f"  {name}: {figure} {ratio} {goal or ''} {verdict}", file=sys.stderr, flush=True)


def median(values):
    return statistics.median(values) if values else float("nan")


def in_turn(runs, *measures, warms_up=True):
    """The figures of each of MEASURES, taken A B A B; the first turn WARMS_UP and is not counted."""
    taken = [[] for _ in measures]
    for turn in range(0 if warms_up else 1, runs + 1):
        if time.monotonic() - BEGUN > LIMIT:
            raise TimeoutError(f"there was no time for it (--minutes); {turn} of {runs} runs were made")
        for figures, measure in zip(taken, measures):
            figure = measure()
            if turn > 0:
                figures.append(figure)
    return taken


class Tenant:
    """A practice tenant, with the file of its record."""

    def __init__(self, build, *options, scenario="complete"):
        self.folder = tempfile.mkdtemp(prefix="perch-bench-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
        self.record = f"{self.folder}/record.jsonl"
        self.process = subprocess.Popen(
            [f"{build}/perch-practice", "--port", "0", "--scenario", scenario, "--auto-approve", "--end-with-parent",
             "--clock-rate", str(CLOCK_RATE), "--record", self.record, *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[1]
        self.graph = self.url.replace("127.0.0.1", "127.0.0.2")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, build, *arguments, state="state"):
        return [f"{build}/perch", "--practice-url", self.url, "--state-dir", f"{self.folder}/{state}", *arguments]

    def token(self, scopes):
        """A token for Graph, by the device code that the tenant approves by itself."""
        def post(path, **form):
            data = urllib.parse.urlencode(form).encode()
            return json.load(urllib.request.urlopen(self.url + path, data))
        client = "14d82eec-204b-4c2f-b7e8-296a70dab67e"
        code = post("/organizations/oauth2/v2.0/devicecode", client_id=client, scope=" ".join(scopes))["device_code"]
        return post("/organizations/oauth2/v2.0/token", client_id=client, device_code=code,
                    grant_type="urn:ietf:params:oauth:grant-type:device_code")["access_token"]


def wall(command, **more):
    begun = time.monotonic()
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, **more)
    return 1000 * (time.monotonic() - begun)


# ---- against the network ----

def bench_session(build, what, latency):
    run = subprocess.run([f"{build}/perch_bench", what, str(latency)], capture_output=True, text=True, check=True)
    found = re.search(r"took (\d+) reads (\d+) writes (\d+)", run.stdout)
    return int(found[1]) / 1000, int(found[2]), int(found[3])


def network(build, runs):
    figures = {latency: in_turn(runs, lambda: bench_session(build, "check", latency), lambda: bench_session(build, "apply", latency))
               for latency in LATENCIES}
    for index, (what, goal) in enumerate((("check", 1.10), ("apply", 1.15))):
        for latency in LATENCIES:
            runs_of_it = figures[latency][index]
            took, computed = (median([run[0] for run in figures[of][index]]) for of in (latency, 0))
            _, reads, writes = runs_of_it[0]
            figure = f"{took:.0f} ms, {reads} reads" + (f", {writes} writes" if writes else "")
            trips = WAVES if what == "check" else WAVES + SIGN_IN + LOOK + 2 * writes
            if latency == 0:
                row(f"{what}, 0 ms", figure, "what is computed alone")
                continue
            ratio = took / (trips * latency)
            why = (f"{computed:.0f} ms are computed, as the row of 0 ms says; without them it is "
                   f"{(took - computed) / (trips * latency):.2f} x")
            row(f"{what}, {latency} ms", figure, f"{ratio:.2f} x {trips} round trips", goal, ratio, why)


def begin_session():
    """A new keyring in the kernel, as a login has one: what a sign-in is kept in for a session. It has none yet."""
    keyctl, join_session_keyring = {"x86_64": 250, "aarch64": 219}[os.uname().machine], 1
    if ctypes.CDLL(None).syscall(keyctl, join_session_keyring, None) < 0:
        row("kept sign-in", "nothing is kept: the kernel has no keyrings here")


def in_trips(entries, latency):
    """ENTRIES of a record, apart where they waited for the answers before: those that came close together did not."""
    seconds = [datetime.datetime.fromisoformat(entry["at"].replace("Z", "+00:00")).timestamp() for entry in entries]
    apart = 0.4 * latency / 1000 * CLOCK_RATE
    starts = [0] + [i + 1 for i, (sooner, later) in enumerate(zip(seconds, seconds[1:])) if later - sooner > apart]
    return [entries[start:end] for start, end in zip(starts, starts[1:] + [len(entries)])] if entries else []


def trips_in_a_row(lines, latency):
    return len(in_trips([json.loads(line) for line in lines], latency))


def whole_process(build, runs):
    def measure(what, wanted, *sign_in):
        for latency in (20, 100):
            with Tenant(build, "--latency", str(latency)) as tenant:
                def whole():
                    before = len(pathlib.Path(tenant.record).read_text().splitlines()) if os.path.exists(tenant.record) else 0
                    took = wall(tenant.command(build, "check"))
                    return took, trips_in_a_row(pathlib.Path(tenant.record).read_text().splitlines()[before:], latency)
                if sign_in:
                    subprocess.run(tenant.command(build, *sign_in), stdin=subprocess.DEVNULL, capture_output=True, check=False)
                (figures,) = in_turn(runs, whole)
            took, trips = median([took for took, _ in figures]), median([trips for _, trips in figures])
            name, ratio = f"whole check with {what}, {latency} ms", f"{took / latency:.1f} x the latency"
            if latency == 100:
                row(name, f"{took:.0f} ms, {trips:g} round trips in a row", ratio, wanted, trips)
            else:
                row(name, f"{took:.0f} ms", ratio)
    measure("two device codes", 8)
    begin_session()
    measure("a kept sign-in", 4, "--for-session", "sign-in")
    begin_session()


def recorded_reads(record, latency):
    """The addresses that were read, in as many lists as the check has round trips, and the scopes that it takes."""
    entries = [json.loads(line) for line in open(record, encoding="utf-8")]
    reads = [e for e in entries if e["method"] == "GET" and e["path"].startswith(("/v1.0/", "/beta/"))]
    scopes = sorted({scope for e in reads for scope in e.get("scopes", [])})
    trips = [[e["path"] + ("?" + e["query"] if e["query"] else "") for e in trip] for trip in in_trips(reads, latency)]
    while len(trips) > WAVES:  # what was read at the sign-in goes with the first
        trips[:2] = [trips[0] + trips[1]]
    return trips, scopes



def why_not_faster(name, took, own, latency):
    """Of a peer that takes TOOK where perch takes OWN."""
    most = took / (WAVES * latency)
    waits = f"{WAVES * latency} of perch's {own:.0f} ms are {WAVES} round trips that wait for one another"
    if name.endswith("waves"):
        return f"{waits}: without any computing it were {most:.1f} x as fast"
    return f"{waits}, and this one is told every address before it begins: without any computing perch were {most:.1f} x as fast"


def peers(build, runs, latency):
    """perch's reads by other means. Each is given all the paths at once, as if nothing depended on an answer; "waves" alone
    waits for those that it would have to."""
    with Tenant(build, "--latency", str(latency)) as tenant:
        wall(tenant.command(build, "check"))
        trips, scopes = recorded_reads(tenant.record, latency)
        paths = [path for trip in trips for path in trip]
        token_file = f"{tenant.folder}/token"
        pathlib.Path(token_file).write_text(tenant.token(scopes), encoding="utf-8")
        header = f"{tenant.folder}/header"
        pathlib.Path(header).write_text(f"Authorization: Bearer {pathlib.Path(token_file).read_text()}\n", encoding="utf-8")
        urls = [tenant.graph + path for path in paths]
        loop = "while read -r url; do curl -s -o /dev/null -H @%s \"$url\"; done" % header
        given = ("\n".join(urls) + "\n").encode()

        def shell_loop():
            begun = time.monotonic()
            subprocess.run(["sh", "-c", loop], input=given, check=False)
            return 1000 * (time.monotonic() - begun)

        def javascript(way):
            def measure():
                run = subprocess.run(["node", HERE.parent / "support/node/reads.mjs", token_file, tenant.graph, way], text=True,
                                     input="\n\n".join("\n".join(trip) for trip in trips), capture_output=True, check=False)
                return float(run.stdout or "nan")
            return measure
        measures = {"perch": lambda: bench_session(build, "check", latency)[0], "curl in a shell loop": shell_loop}
        if shutil.which("node") and (HERE.parent / "support/node/node_modules/@microsoft/microsoft-graph-client").is_dir():
            for way in ("one", "batch", "parallel") + (("waves",) if latency else ()):
                measures[f"JavaScript client, {way}"] = javascript(way)
        else:
            row("Microsoft's JavaScript client", "left out: node or its packages are not here (npm ci in tests/support/node)")
        if latency == 100 and shutil.which("az"):
            def azure():
                """One of the reads, as long as all of them would take: each is a program of its own."""
                token = pathlib.Path(token_file).read_text()
                return len(urls) * wall(
                    ["az", "rest", "--skip-authorization-header", "--url", urls[0], "--headers", f"Authorization=Bearer {token}"],
                    env={**os.environ, "AZURE_CONFIG_DIR": tenant.folder, "AZURE_CORE_COLLECT_TELEMETRY": "no"})
            measures["az rest in a shell (one of them, times as many)"] = azure
        elif latency == 100:
            row("az rest", "left out: not installed")
        figures = dict(zip(measures, in_turn(runs, *measures.values(), warms_up=False)))
    own = median(figures.pop("perch"))
    for name, values in figures.items():
        at_once = name.endswith(("batch", "parallel", "waves"))
        goal = None if latency == 0 else 1.7 if at_once else 5
        took = median(values)
        row(f"{len(paths)} reads, {name}, {latency} ms", f"{took:.0f} ms, perch {own:.0f} ms", f"perch {took / own:.1f} x as fast",
            goal, took / own, why_not_faster(name, took, own, latency) if goal == 1.7 else "", least=True)


# ---- at the terminal ----

class Screen:
    """A program on a pseudo-terminal of 80 x 24, which says, unless MUTE, that it marks what is pasted: xterm, the terminals of
    GNOME, KDE, Windows and macOS, kitty, foot and others do."""

    def __init__(self, command, folder, mute=False):
        self.mute = mute
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.chdir(folder)
            os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8", HOME=folder)
            os.execv(command[0], command)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def read(self, timeout):
        ready, _, _ = select.select([self.terminal], [], [], timeout)
        try:
            came = os.read(self.terminal, 65536) if ready else b""
        except OSError:
            return b""
        if not self.mute and b"\x1b[?2004$p" in came:
            os.write(self.terminal, b"\x1b[?2004;2$y")
        return came

    def until(self, text, timeout=10):
        seen, end = b"", time.monotonic() + timeout
        while text not in seen and time.monotonic() < end:
            seen += self.read(0.05)
        return text in seen

    def shows(self, text, timeout=1):
        """Drawn anew as a whole: of what changes only the changed cells are sent, so that a number is seldom whole."""
        os.write(self.terminal, b"\x0c")
        return self.until(text, timeout)

    def quiet(self, still=0.15):
        while self.read(still):
            pass

    def press(self, keys):
        """Milliseconds from a key to the first byte that it draws; None if it draws none."""
        begun = time.monotonic()
        os.write(self.terminal, keys)
        came = self.read(1)
        took = 1000 * (time.monotonic() - begun)
        while self.read(0.003):
            pass
        return took if came else None

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


def first_paint(command, text, folder):
    def measure():
        begun = time.monotonic()
        screen = Screen(command, folder)
        came = screen.until(text)
        took = 1000 * (time.monotonic() - begun)
        screen.close()
        return took if came else float("nan")
    return measure


def git_folder(folder):
    commit = "git -c user.name=b -c user.email=b@b commit -q --allow-empty -m"
    subprocess.run(f"git init -q . && {commit} 'first line' && for n in 1 2 3 4; do {commit} $n; done",
                   shell=True, cwd=folder, check=False, env={**os.environ, "HOME": folder})


WHY_START = ("0.9 million instructions as tig's 1.0, but 154 pages to be touched for 122: GLib's, which tig lacks, and 34 of perch's own "
             "tables of texts, whose 8,000 addresses are set before main()")
WHY_PRACTICE = "a second program, its tenant, starts beside it on the same processors"


def starts(build, runs):
    with Tenant(build, scenario="fresh") as tenant, tempfile.TemporaryDirectory() as folder:
        git_folder(folder)
        tig, nano = shutil.which("tig"), shutil.which("nano")
        version = {"perch --version": lambda: wall([f"{build}/perch", "--version"])}
        paint = {"perch": first_paint(tenant.command(build), b"Checklist", folder),
                 "perch --practice": first_paint([f"{build}/perch", "--practice", "--state-dir", f"{folder}/state"], b"Checklist", folder)}
        if tig:
            version["tig --version"] = lambda: wall([tig, "--version"])
            paint["tig"] = first_paint([tig], b"first line", folder)
        if nano:
            version["nano --version"] = lambda: wall([nano, "--version"])
            paint["nano"] = first_paint([nano], b"GNU nano", folder)
        for name in ("tig", "nano"):
            if not shutil.which(name):
                row(name, "left out: not installed")
        for what, measures in (("cold start", version), ("first paint", paint)):
            figures = dict(zip(measures, in_turn(max(runs, 15), *measures.values())))
            tigs = median(next((values for name, values in figures.items() if name.startswith("tig")), []))
            for name, values in figures.items():
                own = name.startswith("perch")
                if own and tig:
                    row(f"{what}, {name}", f"{median(values):.1f} ms", f"{median(values) / tigs:.2f} x tig", 1.0, median(values) / tigs,
                        WHY_START if what == "cold start" else WHY_PRACTICE if "practice" in name else "")
                else:
                    row(f"{what}, {name}", f"{median(values):.1f} ms")


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))] if values else float("nan")


WHY_LAYOUT = ("a key shows another step, where tig moves one line: of 850,000 instructions 270,000 are curses', 200,000 lay out the step and "
              "the list anew, 180,000 compare what is drawn with what stands")
WHY_WAITS = "perch's own are 0.83 ms for a picture and 0.56 ms for what came, at most; the rest is waiting for a processor"


def key_row(name, values, tig=None, p99=None, why=""):
    p50, rare = percentile(values, 0.5), percentile(values, 0.99)
    figure = f"p50 {p50:.2f} ms, p99 {rare:.2f} ms, {len(values)} keys"
    if tig:
        row(f"key to screen, {name}: p50", figure, f"{p50 / tig:.2f} x tig", 1.0, p50 / tig, WHY_LAYOUT if p99 else why)
    if p99:
        row(f"key to screen, {name}: p99", figure, "", p99, rare, why)
    if not tig and not p99:
        row(f"key to screen, {name}", figure)


def press_in_turn(screens, keys_of, turns):
    taken = {name: [] for name in screens}
    for _ in range(turns):
        for name, screen in screens.items():
            taken[name] += [took for took in map(screen.press, keys_of[name]) if took is not None]
    return taken


def keys(build, runs):
    with Tenant(build, scenario="fresh") as tenant, tempfile.TemporaryDirectory() as folder:
        git_folder(folder)
        pathlib.Path(f"{folder}/text").write_text("line\n" * 500, encoding="utf-8")
        down, up = b"\x1b[B", b"\x1b[A"
        mute = "perch, letters where the terminal does not say that it marks pastes"
        programs = {"perch, arrows": (tenant.command(build), b"Checklist", (down, up)),
                    "perch, letters": (tenant.command(build, state="letters"), b"Checklist", (b"j", b"k")),
                    mute: (tenant.command(build, state="mute"), b"Checklist", (b"j", b"k")),
                    "perch, after 200,000 log lines": ([f"{build}/console_demo", "--flood", "200000"], b"Checklist", (down, up))}
        if shutil.which("tig"):
            programs["tig, arrows"] = ([shutil.which("tig")], b"first line", (down, up))
        if shutil.which("nano"):
            programs["nano, letters"] = ([shutil.which("nano"), f"{folder}/text"], b"GNU nano", (b"a", b"\x7f"))
        for state in ("state", "letters", "mute"):  # or the console greets first
            subprocess.run(tenant.command(build, "check", state=state), stdin=subprocess.DEVNULL, capture_output=True, check=False)
        screens = {}
        for name, (command, text, _) in programs.items():
            screens[name] = Screen(command, folder, mute=name == mute)
            if not screens[name].until(text, 60):
                row(f"key to screen, {name}", "left out: its screen did not come")
                screens.pop(name).close()
                continue
            screens[name].quiet()
        taken = press_in_turn(screens, {name: program[2] for name, program in programs.items()}, 30 * runs)
        for screen in screens.values():
            screen.close()
        tig = percentile(taken["tig, arrows"], 0.5) if taken.get("tig, arrows") else None
        for name, values in taken.items():
            if name == mute:
                key_row(name, values, tig, None, "held back for 5 ms to tell it from a paste: what is pasted must not act as keys")
            elif name.startswith("perch"):
                late = percentile(taken.get("tig, arrows", []), 0.99)
                key_row(name, values, tig, 1.0, f"tig's own p99 was {late:.1f} ms: the machine was busy" if late > 1 else WHY_WAITS)
            else:
                key_row(name, values)
        key_row("perch, 10,000 log lines a second", keys_in_a_flood(build, folder), None, 2.0, WHY_WAITS)
        key_row("perch, while the worker writes", keys_in_an_apply(build, folder), None, 2.0, WHY_WAITS)


def keys_in_a_flood(build, folder):
    flooded = Screen([f"{build}/console_demo", "--flood", "100000", "--rate", "10000"], folder)
    flooded.until(b"Checklist")
    taken = [took for _ in range(300) for took in map(flooded.press, (b"\x1b[B", b"\x1b[A")) if took is not None]
    flooded.close()
    return taken


def written_to(tenant):
    """How many writes its Graph was sent."""
    return sum(1 for line in open(tenant.record, encoding="utf-8") if json.loads(line)["method"] == "POST" and '"127.0.0.2"' in line)


def keys_in_an_apply(build, folder):
    """One pane on the whole screen and back, from the domain typed, which begins the writes."""
    with Tenant(build, "--latency", "100", scenario="fresh") as tenant:
        screen, taken = Screen(tenant.command(build), folder), []
        try:
            letters = [bytes([letter]) for letter in b"contoso.onmicrosoft.com\r"]
            for text, answer in ((b"Begin", [b"\r"]), (b"Sign in with a code", [b"d"]), (b"contoso.onmicrosoft.com", [b"a"]),
                                 (b"Type the tenant's domain", [b"\x1b[F", *letters])):  # the plan's end is to be seen first
                if not screen.until(text, 30):
                    raise RuntimeError(f"the console did not show {text.decode()}")
                screen.quiet(0.5)
                for key in answer[:-1]:  # each is seen before the next: all at once would count as a paste
                    screen.press(key)
                os.write(screen.terminal, answer[-1])
            end = time.monotonic() + 2.5
            while time.monotonic() < end:
                taken += [took for took in map(screen.press, (b"z", b"z")) if took is not None]
            if written_to(tenant) < 3:
                raise RuntimeError(f"it wrote {written_to(tenant)} times only")
        finally:
            screen.close()
    return taken


# ---- memory, size, many ----

def peak_of(command):
    """Milliseconds, KiB at most, processor seconds of COMMAND, and how many KiB at most are not read from a file. What
    wait4() calls its peak counts this program's too."""
    begun, most, own, ended = time.monotonic(), 0, 0, 0
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not ended:
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        held, anonymous = re.search(r"VmHWM:\s+(\d+)", status), re.search(r"RssAnon:\s+(\d+)", status)
        most, own = max(most, int(held[1]) if held else 0), max(own, int(anonymous[1]) if anonymous else 0)
        time.sleep(0.005)
        ended, _, usage = os.wait4(process.pid, os.WNOHANG)
    process.returncode = 0
    return 1000 * (time.monotonic() - begun), most, usage.ru_utime + usage.ru_stime, own


def wake_ups(pid):
    """How often any of its threads was woken so far."""
    counts = [re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status.read_text(), re.M)
              for status in pathlib.Path(f"/proc/{pid}/task").glob("*/status")]
    return sum(int(count[1]) for count in counts)


def memory(build, _):
    answers = HERE.parent / "data/answers.json"
    with Tenant(build, "--latency", "20", scenario="fresh") as tenant:  # or curl ends before it is looked at
        _, most, _, own = peak_of(tenant.command(build, "apply", "--yes", "--answers", str(answers)))
        if written_to(tenant) < 7:
            raise RuntimeError(f"the apply wrote {written_to(tenant)} times only")
        figure = f"{most / 1024:.1f} MiB at most, {own / 1024:.1f} MiB of it no file's"
        row("memory, a whole apply", figure, "", 12, most / 1024, "the next row is what libcurl and the libraries that it brings hold alone")
        if shutil.which("curl"):
            _, curls, _, own = peak_of(["curl", "-s", "-o", "/dev/null", tenant.url + "/"])
            row("memory, curl, one read", f"{curls / 1024:.1f} MiB at most, {own / 1024:.1f} MiB of it no file's",
                f"perch {most / curls:.2f} x curl")
        with tempfile.TemporaryDirectory() as folder:
            screen = Screen(tenant.command(build, state="idle"), folder)
            screen.until(b"Checklist")
            screen.quiet(1)
            before = wake_ups(screen.pid)
            time.sleep(10)
            awake = (wake_ups(screen.pid) - before) / 10
            row("idle console", f"{awake:.1f} wake-ups a second", "", 0, awake)
            screen.close()


def held_by(pid):
    return int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def log_memory(build, _):
    """The console's own, as lines come in that it keeps no list of: each is made when it is due."""
    with tempfile.TemporaryDirectory() as folder:
        screen = Screen([f"{build}/console_demo", "--flood", "1000000"], folder)
        screen.until(b"Checklist", 60)
        begun = time.monotonic()
        while not screen.shows(b"999999"):
            if time.monotonic() - begun > 120:
                raise TimeoutError("a million lines did not come within two minutes")
        took = time.monotonic() - begun
        most = held_by(screen.pid)
        screen.close()
    row("memory, a million log lines", f"{most:.1f} MiB at most, {took:.0f} s", "", 30, most)


def crowd(size, machines):
    """A complete tenant with SIZE hundredths of a large one: 200,000 users, 5,000 groups, 500 packages, 100 roles; and MACHINES in 50
    device groups."""
    def some(count, name, **more):
        return [{"id": "{%s:%d}" % (name, n), "displayName": f"{name} {n}", **more} for n in range(count * size // 100)]
    user = {"businessPhones": [], "userType": "Member", "accountEnabled": True, "proxyAddresses": []}
    users = [{**one, **user, "userPrincipalName": f"u{n}@contoso.com"} for n, one in enumerate(some(200_000, "user"))]
    group = {"securityEnabled": True, "mailEnabled": False, "groupTypes": [], "isAssignableToRole": False}
    machines = [{"id": f"{n:040x}", "computerDnsName": f"m{n}", "rbacGroupId": n % 50 + 1, "rbacGroupName": f"group {n % 50}"}
                for n in range(machines)]
    return {"about": "A large company.", "includes": json.loads((HERE.parents[1] / "assets/practice/scenarios/complete.json").read_text())["includes"],
            "objects": {"users": users, "groups": some(5000, "group", **group), "accessPackages": some(500, "package", isHidden=False),
                        "roleDefinitions": some(100, "role", isBuiltIn=False), "machines": machines}}


def growth(build, runs):
    """What a check costs of tenants that grow in what perch does not ask for, and of one that grows in what it reads to the end."""
    taken = {}
    few, many_machines = 100, 2000
    with tempfile.TemporaryDirectory() as folder:
        for size, machines in ((0, few), (10, few), (50, few), (100, few), (100, many_machines)):
            scenario = f"{folder}/crowd-{size}-{machines}.json"
            pathlib.Path(scenario).write_text(json.dumps(crowd(size, machines)), encoding="utf-8")
            with Tenant(build, scenario=scenario) as tenant:
                figures = in_turn(runs, lambda: peak_of(tenant.command(build, "check")))[0]
            taken[size, machines] = [median([figure[i] for figure in figures]) for i in range(3)]
            took, most, own = taken[size, machines]
            row(f"check of {2000 * size:,} users, {50 * size:,} groups, {5 * size} packages, {size} roles, {machines:,} machines",
                f"{took:.0f} ms, perch's own {1000 * own:.0f} ms, {most / 1024:.1f} MiB")
    (_, small, cheap), (_, large, dear), (_, _, dearest) = taken[0, few], taken[100, few], taken[100, many_machines]
    row("the largest of these of what it does not ask for, against none: perch's own time", "", f"{dear / cheap:.2f} x", 1.15, dear / cheap,
        f"{1000 * cheap:.0f} ms became {1000 * dear:.0f}, while the tenant computes beside it on the same processors")
    row("the largest of these of what it does not ask for, against none: memory", "", f"{large / small:.2f} x", 1.15, large / small,
        f"{small / 1024:.1f} MiB became {large / 1024:.1f}")
    row(f"{many_machines:,} machines against {few}, a list that it reads to the end", "",
        f"{1e6 * (dearest - dear) / (many_machines - few):.0f} microseconds each")


def many(build, _):
    with Tenant(build) as tenant:
        alone = subprocess.run(tenant.command(build, "check"), stdin=subprocess.DEVNULL, capture_output=True, check=False)
        wanted = str(alone.returncode)
        _, most, _, own = peak_of(tenant.command(build, "check", state="alone"))
        runner = "parallel --will-cite -j 50" if shutil.which("parallel") else "xargs -P 50 -I{} sh -c"
        for count in (50, 200, 500):
            if time.monotonic() - BEGUN > LIMIT:
                raise TimeoutError("there was no time for it (--minutes)")
            line = " ".join(tenant.command(build, "check", state="many-{}"))
            one = f"{line} > /dev/null 2> {tenant.folder}/errors-{{}}; echo $? {{}} >> {tenant.folder}/ends-{count}"
            script = f"seq {count} | {runner} '{one}'"
            before = os.times()
            begun = time.monotonic()
            subprocess.run(["bash", "-c", script], check=False, stderr=subprocess.DEVNULL)
            took, after = time.monotonic() - begun, os.times()
            ends = [line.split() for line in pathlib.Path(f"{tenant.folder}/ends-{count}").read_text().splitlines()]
            cpu = after.children_user + after.children_system - before.children_user - before.children_system
            failed = [number for status, number in ends if status != wanted]
            failures = count - len(ends) + len(failed)
            for number in failed[:3]:
                errors = pathlib.Path(f"{tenant.folder}/errors-{number}").read_text()
                print(f"    check {number} failed: {errors[-400:]}", file=sys.stderr)
            row(f"{count} checks, 50 at once", f"{took:.1f} s, {1000 * cpu / count:.0f} ms of processor each, {most / 1024:.1f} MiB each, "
                f"{own / 1024:.1f} of it not shared", f"{failures} failures", 0, failures)


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return f"{model[1] if model else 'unknown processor'}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start"


def table(runs, at_start):
    day = datetime.date.today().isoformat()
    lines = [f"On {at_start}, {day}, medians of {runs} (`tests/bench/bench.py`, {(time.monotonic() - BEGUN) / 60:.0f} minutes):", "",
             "| What | Measured | Ratio | Goal | |", "|---|---|---|---|---|"]
    return "\n".join(lines + ["| " + " | ".join(cells) + " |" for cells in ROWS])


def write_between_marks(file, text):
    path = pathlib.Path(file)
    before, _, rest = path.read_text(encoding="utf-8").partition(MARKS[0])
    _, found, after = rest.partition(MARKS[1])
    if not found:
        sys.exit(f"{file} has no place for the table: {MARKS[0]} and {MARKS[1]}")
    path.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}", encoding="utf-8")


def build_all(build):
    """What is measured, in BUILD; nothing to do where it was built."""
    if not os.path.exists(f"{build}/CMakeCache.txt"):
        subprocess.run(["cmake", "-S", str(HERE.parents[1]), "-B", build], check=True, stdout=sys.stderr)
    subprocess.run(["cmake", "--build", build, "--parallel", str(os.cpu_count()), "--target", "perch", "perch-practice", "perch_bench",
                    "console_demo"], check=True, stdout=sys.stderr)


def main():
    global LIMIT
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", nargs="?", default=str(HERE.parents[1] / "build"))
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--only", default="")
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--write", metavar="FILE")
    options = parser.parse_args()
    if options.write and MARKS[0] not in pathlib.Path(options.write).read_text(encoding="utf-8"):
        parser.error(f"{options.write} has no place for the table: {MARKS[0]}")
    LIMIT = 60 * options.minutes
    build = str(pathlib.Path(options.build).resolve())
    build_all(build)
    at_start = machine()
    parts = {"network": network, "whole": whole_process, "peers100": lambda build, runs: peers(build, runs, 100),
             "peers20": lambda build, runs: peers(build, runs, 20), "peers0": lambda build, runs: peers(build, runs, 0),
             "starts": starts, "keys": keys, "memory": memory, "log": log_memory, "growth": growth, "many": many}
    for name, part in parts.items():
        if options.only not in name:
            continue
        print(f"{(time.monotonic() - BEGUN) / 60:.1f} min: {name}", file=sys.stderr, flush=True)
        try:
            part(build, options.runs)
        except Exception as error:  # one part that cannot be measured here is no reason to lose the others
            row(name, f"left out: {type(error).__name__}: {error}".replace("\n", " "))
    text = table(options.runs, at_start)
    print(f"\n{text}")
    if options.write:
        write_between_marks(options.write, text)


if __name__ == "__main__":
    main()
