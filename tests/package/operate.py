#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Try each file of assets/operate as the manual says, against a practice tenant.

usage: operate.py BUILD_DIR

The unit is judged by systemd-analyze, the play and the script for GNU parallel are carried out, and the shell scripts inside
the Kubernetes job and the CI's workflow run with a perch that ends with each exit code. What is not installed is named, and
its file is left out. Exit 0: each that could be tried worked.
"""
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile

OPERATE = pathlib.Path(__file__).resolve().parent.parent.parent / "assets" / "operate"
TENANT = "contoso.onmicrosoft.com"
UNREAD = "00000000-0000-0000-0000-000000000001"
# What a night's look comes to: what a person has to hear of is no failure of the machinery, what may be mended by another
# look is. In the matrix of a CI only what needs nobody is green.
POD_FAILS = {0: False, 1: True, 2: True, 3: False, 4: False, 5: False, 6: True, 7: False}
JOB_FAILS = {code: code not in (0, 4) for code in POD_FAILS}


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, **options)


def need(holds, what):
    if not holds:
        sys.exit(f"operate: {what}")


def missing(*programs):
    absent = [name for name in programs if shutil.which(name) is None]
    for name in absent:
        print(f"{name} is not installed")
    return bool(absent)


def try_units(build, folder):
    if missing("systemd-analyze"):
        return
    for name in ("perch-check@.service", "perch-check@.timer"):
        text = (OPERATE / name).read_text(encoding="utf-8").replace("/usr/bin/perch ", f"{build}/perch ")
        (folder / name).write_text(re.sub(r"^Documentation=.*\n", "", text, flags=re.M), encoding="utf-8")
        judged = run(["systemd-analyze", "verify", str(folder / name)])
        need(judged.returncode == 0 and not judged.stderr.strip(), f"{name}: {judged.stderr}")
    print("systemd-analyze took service and timer")


def try_play(build, folder, options):
    if missing("ansible-playbook"):
        return
    given = {"tenants": [TENANT], "perch": f"{build}/perch", "perch_options": options, "folder": str(folder / "runs")}
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    played = run(["ansible-playbook", str(OPERATE / "play.yml"), "--extra-vars", json.dumps(given)], env=environment)
    need(played.returncode == 0, f"play.yml: {played.stdout}{played.stderr}")
    for name in ("runs.jsonl", "fleet.html", f"plan-{TENANT}.json"):
        need((folder / "runs" / name).is_file(), f"play.yml left no {name}")
    print("the play left lines, a plan and a table")


def try_parallel(build, folder, options):
    if missing("parallel", "jq"):
        return
    (folder / "tenants").write_text(f"{TENANT}\n", encoding="utf-8")
    environment = {**os.environ, "PERCH": f"{build}/perch", "HOME": str(folder)}
    ran = run([str(OPERATE / "tenants.sh"), str(folder / "tenants"), *options], cwd=folder, env=environment)
    need(ran.returncode == 0 and TENANT in ran.stdout, f"tenants.sh: {ran.returncode}: {ran.stdout}{ran.stderr}")
    need((folder / "fleet.html").is_file(), "tenants.sh left no table")
    print("tenants.sh made one table")


def scripts_in(name):
    """The shell script of each step or container of the YAML file NAME that runs perch check."""
    import yaml

    def walk(value):
        if isinstance(value, dict):
            for inner in value.values():
                yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)
        elif isinstance(value, str) and "perch check" in value:
            yield value

    documents = yaml.safe_load_all((OPERATE / name).read_text(encoding="utf-8"))
    return [script for document in documents for script in walk(document)]


def try_script(name, script, folder, fails):
    """With a perch that does nothing but end with a code."""
    (folder / "bin").mkdir(exist_ok=True)
    stub = folder / "bin" / "perch"
    stub.write_text('#!/bin/sh\nprintf \'{"format":1}\\n\'\nexit "$CODE"\n', encoding="utf-8")
    stub.chmod(0o755)
    for place in ("/etc/perch", "/keys", "/run/perch"):
        (folder / place.strip("/")).mkdir(parents=True, exist_ok=True)
        script = script.replace(f"{place}/", f"{folder}{place}/")
    (folder / "etc/perch/tenants").write_text("first.example\nsecond.example\n", encoding="utf-8")
    (folder / "etc/perch/client-id").write_text("0", encoding="utf-8")
    (folder / "keys/second.example.pem").write_text("key", encoding="utf-8")
    script = script.replace("${{ matrix.tenant }}", "second.example")
    for code, fails_so in fails.items():
        environment = {"PATH": f"{folder}/bin:{os.environ['PATH']}", "CODE": str(code), "JOB_COMPLETION_INDEX": "1",
                       "RUNNER_TEMP": str(folder), "KEY": "key", "CLIENT": "0"}
        ran = run(["bash", "-e", "-c", script], env=environment, cwd=folder)
        need((ran.returncode != 0) == fails_so, f"{name}: perch ended with {code}, it with {ran.returncode}: {ran.stderr}")


def try_scripts(folder):
    try:
        for name, fails in (("cronjob.yaml", POD_FAILS), ("ci.yml", JOB_FAILS)):
            scripts = scripts_in(name)
            need(len(scripts) == 1, f"{name} runs perch check {len(scripts)} times")
            try_script(name, scripts[0], folder, fails)
        print("the pod's and the workflow's scripts pass on what they should")
    except ImportError:
        print("python3-yaml is not installed")


def try_journal(build, folder, options):
    """Listen where systemd's journal would: a stream that the program writes to, and the socket for entries with fields."""
    home = pathlib.Path("/run/systemd/journal")
    if os.geteuid() != 0 or home.exists():
        print("systemd's journal cannot be stood in for here")
        return
    home.mkdir(parents=True)
    try:
        stream, entries = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        stream.bind(str(home / "stdout"))
        stream.listen()
        entries.bind(str(home / "socket"))
        entries.settimeout(30)
        printed = socket.socket(socket.AF_UNIX)
        printed.connect(str(home / "stdout"))
        def entry_of(*words):
            ran = subprocess.run([build / "perch", "check", *words], stdout=subprocess.DEVNULL, stderr=printed)
            entry = dict(line.split("=", 1) for line in entries.recv(65536).decode().splitlines())
            need(entry["PERCH_EXIT"] == str(ran.returncode), f"the journal's entry is {entry}")
            return entry

        entry = entry_of(*options)
        need(entry["PERCH_TENANT"] == TENANT, f"the journal's entry is {entry}")
        need(entry["PERCH_COMMAND"] == "check" and entry["PRIORITY"] == "6", f"the journal's entry is {entry}")
        entry = entry_of("--tenant", UNREAD, "--practice-url", "http://localhost:9", "--state-dir", f"{folder}/state")
        need(entry["MESSAGE"] == f"perch check of {UNREAD} ended with 2" and "PERCH_TENANT" not in entry,
             f"the journal's entry is {entry}")
        print("a run is one entry of the journal, with fields")
    finally:
        shutil.rmtree(home)


def main(build):
    build = pathlib.Path(build).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        try_units(build, folder)
        try_scripts(folder)
        tenant = subprocess.Popen([build / "perch-practice", "--scenario", "fresh", "--auto-approve", "--end-with-parent"],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        url = tenant.stdout.readline().split()[-1]
        options = ["--no-keyring", "--practice-url", url, "--state-dir", f"{folder}/state"]
        try_play(build, folder, options)
        try_parallel(build, folder, options)
        try_journal(build, folder, options)
        tenant.stdin.close()
        tenant.wait()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
