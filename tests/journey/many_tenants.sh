#!/bin/bash
# SPDX-License-Identifier: MIT
# As many practice tenants as are asked for, each a program of its own: written to, looked at, and made one table of.
# usage: many_tenants.sh BUILD_DIR [COUNT]     with GNU parallel where it is there, else with xargs
# Ends 0 if no run failed, each tenant is one row, and (where promtool is there) Prometheus can read every metric.
set -euo pipefail
scenarios=(fresh complete classic-rbac unified-rbac device-groups half-done)

# TENANT's runs; their lines go to FOLDER. perch-practice ends with this shell's descriptor.
one() {
  local folder=$1 number=$2 scenario=${scenarios[$2 % ${#scenarios[@]}]} url=
  mkdir "$folder/$number"
  mkfifo "$folder/$number/life"
  "$build/perch-practice" --scenario "$scenario" --seed "$number" --auto-approve --clock-rate 600 --end-with-parent \
    < "$folder/$number/life" > "$folder/$number/listening" &
  exec 7> "$folder/$number/life"
  for _ in $(seq 100); do
    url=$(sed -n 's/^listening //p' "$folder/$number/listening" 2> /dev/null) || true
    [ -z "$url" ] || break
    sleep 0.1
  done
  for command in 'apply --yes' check; do
    # shellcheck disable=SC2086
    "$build/perch" $command --practice-url "$url" --no-keyring --state-dir "$folder/$number/state" --json-line \
      --metrics "$folder/$number/perch.prom" > "$folder/$number/${command%% *}.jsonl" 2> "$folder/$number/${command%% *}.log" || true
  done
  exec 7>&-
  wait
}

if [ "${1:-}" = --one ]; then
  build=$2
  one "$3" "$4"
  exit 0
fi

build=$(realpath "$1")
count=${2:-200}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if command -v parallel > /dev/null; then
  seq "$count" | parallel --will-cite --jobs 4 "$0" --one "$build" "$folder" {}
else
  seq "$count" | xargs -P 4 -I {} "$0" --one "$build" "$folder" {}
fi

cat "$folder"/*/check.jsonl > "$folder/runs.jsonl"
[ "$(wc -l < "$folder/runs.jsonl")" = "$count" ] || { echo "there are $(wc -l < "$folder/runs.jsonl") lines instead of $count"; exit 1; }
python3 - "$folder" "$count" << 'PYTHON'
import collections, glob, json, sys
folder, count = sys.argv[1], int(sys.argv[2])
exits = collections.Counter()
failures = 0
for command in ("apply", "check"):
    for path in glob.glob(f"{folder}/*/{command}.jsonl"):
        with open(path) as lines:
            line = json.loads(lines.readline())
        exits[command, line["exit"]] += 1
        if line["exit"] not in (0, 3, 4, 5) or line.get("error"):
            failures += 1
            print(f"{path}: {line}")
print("exits:", ", ".join(f"{command} {code}: {number}" for (command, code), number in sorted(exits.items())))
print(f"tenants {count}, failures {failures}")
sys.exit(1 if failures else 0)
PYTHON
"$build/perch" fleet "$folder/runs.jsonl" --json > "$folder/fleet.json"
python3 -c 'import json, sys; runs = json.load(open(sys.argv[1]))["runs"]; print("rows", len(runs)); sys.exit(len(runs) != int(sys.argv[2]))' \
  "$folder/fleet.json" "$count"
"$build/perch" fleet "$folder/runs.jsonl" --format html --output "$folder/fleet.html"
if command -v promtool > /dev/null; then
  for metrics in "$folder"/*/perch.prom; do
    promtool check metrics < "$metrics" || { echo "promtool refuses $metrics"; exit 1; }
  done
  echo "promtool took all metrics"
else
  echo "promtool is not installed: the metrics were not judged by it"
fi
