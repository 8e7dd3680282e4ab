#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What perch takes, as ratios, each measured side by side with what it is compared with.

usage: bench.py BUILD_DIR [--runs N] [--only WORD]

BUILD_DIR holds perch, perch-practice, perch_bench and console_demo (cmake --build BUILD_DIR --target bench does it all).
Each figure is the median of N runs (7) in turn with its counterpart, A B A B ...; a peer that is not installed is named and
left out. Latency is the practice tenant's before each answer. --only measures the rows whose name has WORD in it.
"""
import argparse
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
HERE = pathlib.Path(__file__).resolve().parent
ROWS = []


def row(name, figure, ratio="", goal=""):
    ROWS.append((name, figure, ratio, goal))
    print(f"  {name}: {figure} {ratio}", file=sys.stderr, flush=True)


def median(values):
    return statistics.median(values) if values else float("nan")


def in_turn(runs, *measures):
    """The figures of each of MEASURES, taken A B A B; the first turn warms up and is not counted."""
    taken = [[] for _ in measures]
    for turn in range(runs + 1):
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
             "--clock-rate", "600", "--record", self.record, *options],
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
    for latency in (0, 20, 100):
        checks, applies = in_turn(runs, lambda: bench_session(build, "check", latency), lambda: bench_session(build, "apply", latency))
        took = median([check[0] for check in checks])
        trips = WAVES * latency
        row(f"check, {latency} ms", f"{took:.0f} ms, {checks[0][1]} reads",
            f"{took / trips:.2f} x {WAVES} round trips" if trips else "", "1.10" if trips else "")
        took, writes = median([apply[0] for apply in applies]), applies[0][2]
        trips = WAVES + SIGN_IN + LOOK + 2 * writes
        row(f"apply, {latency} ms", f"{took:.0f} ms, {writes} writes, {applies[0][1]} reads",
            f"{took / (trips * latency):.2f} x {trips} round trips" if latency else "", "1.15" if latency else "")


def keep_sign_ins():
    """A keyring of its own in the kernel, as a login has one: what a sign-in is kept in for a session."""
    keyctl, join_session_keyring = {"x86_64": 250, "aarch64": 219}[os.uname().machine], 1
    if ctypes.CDLL(None).syscall(keyctl, join_session_keyring, None) < 0:
        row("kept sign-in", "nothing is kept: the kernel has no keyrings here")


def whole_process(build, runs):
    def measure(what, wanted, *sign_in):
        for latency in (20, 100):
            with Tenant(build, "--latency", str(latency)) as tenant:
                if sign_in:
                    subprocess.run(tenant.command(build, *sign_in), stdin=subprocess.DEVNULL, capture_output=True, check=False)
                (took,) = in_turn(runs, lambda: wall(tenant.command(build, "check")))
            row(f"whole check with {what}, {latency} ms", f"{median(took):.0f} ms", f"{median(took) / latency:.1f} round trips", wanted)
    measure("two device codes", "8")
    keep_sign_ins()
    measure("a kept sign-in", "4", "--for-session", "sign-in")


def recorded_reads(record):
    entries = [json.loads(line) for line in open(record, encoding="utf-8")]
    reads = [e for e in entries if e["method"] == "GET" and e["path"].startswith(("/v1.0/", "/beta/"))]
    scopes = sorted({scope for e in reads for scope in e.get("scopes", [])})
    return [e["path"] + ("?" + e["query"] if e["query"] else "") for e in reads], scopes


def peers(build, runs, latency):
    """perch's reads by other means. What depends on what is told to none of them: each is given all the paths at once."""
    with Tenant(build, "--latency", str(latency)) as tenant:
        wall(tenant.command(build, "check"))
        paths, scopes = recorded_reads(tenant.record)
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
                                     input="\n".join(paths), capture_output=True, check=False)
                return float(run.stdout or "nan")
            return measure
        measures = {"perch": lambda: bench_session(build, "check", latency)[0], "curl in a shell loop": shell_loop}
        if shutil.which("node") and (HERE.parent / "support/node/node_modules/@microsoft/microsoft-graph-client").is_dir():
            for way in ("one", "batch", "parallel"):
                measures[f"JavaScript client, {way}"] = javascript(way)
        else:
            row("Microsoft's JavaScript client", "left out: node or its packages are not here (npm ci in tests/support/node)")
        if not shutil.which("az"):
            row("az rest", "left out: not installed")
        figures = dict(zip(measures, in_turn(min(runs, 7), *measures.values())))
    own = median(figures.pop("perch"))
    for name, values in figures.items():
        goal = "1.7" if name.endswith(("batch", "parallel")) else "5"
        row(f"{len(paths)} reads, {name}, {latency} ms", f"{median(values):.0f} ms, perch {own:.0f} ms", f"perch {median(values) / own:.1f} x as fast", goal)


# ---- at the terminal ----

class Screen:
    """A program on a pseudo-terminal of 80 x 24 that answers nothing."""

    def __init__(self, command, folder):
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
            return os.read(self.terminal, 65536) if ready else b""
        except OSError:
            return b""

    def until(self, text, timeout=10):
        seen, end = b"", time.monotonic() + timeout
        while text not in seen and time.monotonic() < end:
            seen += self.read(0.05)
        return text in seen

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
                row(f"{what}, {name}", f"{median(values):.1f} ms", f"{median(values) / tigs:.2f} x tig" if own and tig else "", "1.00" if own else "")


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))] if values else float("nan")


def keys(build, runs):
    with Tenant(build, scenario="fresh") as tenant, tempfile.TemporaryDirectory() as folder:
        git_folder(folder)
        pathlib.Path(f"{folder}/text").write_text("line\n" * 500, encoding="utf-8")
        down, up = b"\x1b[B", b"\x1b[A"
        programs = {"perch, arrows": (tenant.command(build), b"Checklist", (down, up)),
                    "perch, letters": (tenant.command(build, state="letters"), b"Checklist", (b"j", b"k")),
                    "perch, after 200,000 log lines": ([f"{build}/console_demo", "--flood", "200000"], b"Checklist", (down, up))}
        if shutil.which("tig"):
            programs["tig, arrows"] = ([shutil.which("tig")], b"first line", (down, up))
        if shutil.which("nano"):
            programs["nano, letters"] = ([shutil.which("nano"), f"{folder}/text"], b"GNU nano", (b"a", b"\x7f"))
        for state in ("state", "letters"):
            wall(tenant.command(build, "check", state=state))  # or the console greets first
        screens = {}
        for name, (command, text, _) in programs.items():
            screens[name] = Screen(command, folder)
            if not screens[name].until(text, 60):
                row(f"key to screen, {name}", "left out: its screen did not come")
                screens.pop(name).close()
                continue
            screens[name].quiet()
        taken = {name: [] for name in screens}
        for _ in range(30 * runs):
            for name, screen in screens.items():
                taken[name] += [took for took in map(screen.press, programs[name][2]) if took is not None]
        for name, values in taken.items():
            row(f"key to screen, {name}", f"p50 {percentile(values, 0.5):.2f} ms, p99 {percentile(values, 0.99):.2f} ms, {len(values)} keys",
                "", "p99 1" if name.startswith("perch") else "")
        for screen in screens.values():
            screen.close()
        flooded = Screen([f"{build}/console_demo", "--flood", "100000", "--rate", "10000"], folder)
        flooded.until(b"Checklist")
        taken = [took for _ in range(300) for took in map(flooded.press, (down, up)) if took is not None]
        row("key to screen, perch, 10,000 log lines a second", f"p50 {percentile(taken, 0.5):.2f} ms, p99 {percentile(taken, 0.99):.2f} ms", "", "p99 2")
        flooded.close()


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
    with Tenant(build, scenario="fresh") as tenant:
        _, most, _, own = peak_of(tenant.command(build, "apply", "--yes", "--answers", str(answers)))
        row("memory, a whole apply", f"{most / 1024:.1f} MiB at most, {own / 1024:.1f} MiB of it no file's", "", "12")
        with tempfile.TemporaryDirectory() as folder:
            screen = Screen(tenant.command(build, state="idle"), folder)
            screen.until(b"Checklist")
            screen.quiet(1)
            before = wake_ups(screen.pid)
            time.sleep(10)
            row("idle console", f"{(wake_ups(screen.pid) - before) / 10:.1f} wake-ups a second", "", "0")
            screen.close()


def crowd(size):
    """A complete tenant with SIZE hundredths of a large one: 200,000 users, 5,000 groups, 500 packages, 100 roles, 50 device groups."""
    def some(count, name, **more):
        return [{"id": "{%s:%d}" % (name, n), "displayName": f"{name} {n}", **more} for n in range(count * size // 100)]
    user = {"businessPhones": [], "userType": "Member", "accountEnabled": True, "proxyAddresses": []}
    users = [{**one, **user, "userPrincipalName": f"u{n}@contoso.com"} for n, one in enumerate(some(200_000, "user"))]
    group = {"securityEnabled": True, "mailEnabled": False, "groupTypes": [], "isAssignableToRole": False}
    machines = [{"id": f"{n:040x}", "computerDnsName": f"m{n}", "rbacGroupId": n % 50 + 1, "rbacGroupName": f"group {n % 50}"}
                for n in range(20 * size)]
    return {"about": "A large company.", "includes": json.loads((HERE.parents[1] / "assets/practice/scenarios/complete.json").read_text())["includes"],
            "objects": {"users": users, "groups": some(5000, "group", **group), "accessPackages": some(500, "package", isHidden=False),
                        "roleDefinitions": some(100, "role", isBuiltIn=False), "machines": machines}}


def growth(build, runs):
    with tempfile.TemporaryDirectory() as folder:
        for size in (0, 10, 100):
            scenario = f"{folder}/crowd-{size}.json"
            pathlib.Path(scenario).write_text(json.dumps(crowd(size)), encoding="utf-8")
            with Tenant(build, scenario=scenario) as tenant:
                figures = [peak_of(tenant.command(build, "check")) for _ in range(min(runs, 7))]
            row(f"check of {2000 * size:,} users, {50 * size:,} groups, {5 * size} packages, {size} roles",
                f"{median([f[0] for f in figures]):.0f} ms, perch's own {1000 * median([f[2] for f in figures]):.0f} ms, "
                f"{median([f[1] for f in figures]) / 1024:.1f} MiB")


def many(build, _):
    with Tenant(build) as tenant:
        alone = subprocess.run(tenant.command(build, "check"), stdin=subprocess.DEVNULL, capture_output=True, check=False)
        wanted = str(alone.returncode)
        for count in (50, 200, 500):
            line = " ".join(tenant.command(build, "check", state="many-{}"))
            script = f"seq {count} | xargs -P 50 -I{{}} sh -c '{line} > /dev/null 2>&1; echo $? >> {tenant.folder}/ends-{count}'"
            before = os.times()
            begun = time.monotonic()
            subprocess.run(["bash", "-c", script], check=False)
            took, after = time.monotonic() - begun, os.times()
            ends = pathlib.Path(f"{tenant.folder}/ends-{count}").read_text().split()
            cpu = after.children_user + after.children_system - before.children_user - before.children_system
            failures = count - ends.count(wanted)
            row(f"{count} checks, 50 at once", f"{took:.1f} s, {1000 * cpu / count:.0f} ms of processor each", f"{failures} failures", "0")


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return f"{model[1] if model else 'unknown processor'}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    build = str(pathlib.Path(options.build).resolve())
    at_start = machine()
    parts = {"starts": starts, "keys": keys, "network": network, "whole": whole_process,
             "peers": lambda build, runs: peers(build, runs, 100), "memory": memory, "growth": growth, "many": many}
    for name, part in parts.items():
        if options.only in name:
            part(build, options.runs)
    print(f"\n{at_start}\n\n| What | Median of {options.runs} | Ratio | At most (least) |\n|---|---|---|---|")
    for cells in ROWS:
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
