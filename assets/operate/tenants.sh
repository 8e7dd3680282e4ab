#!/bin/sh
# SPDX-License-Identifier: MIT
# Check many tenants, a few at a time, and make one table of them, drift first.
# usage: tenants.sh FILE [OPTION...]   a line of FILE is a tenant's domain or id; OPTIONs go to each perch check
# Leaves runs.jsonl and fleet.html in this folder. Ends with 0 if nothing drifted or failed. Needs GNU parallel and jq.
set -eu
tenants=$1
shift
jobs=${JOBS:-4}
# One sign-in at a time can be answered, so without a certificate let JOBS be 1.
parallel --jobs "$jobs" --keep-order --line-buffer "${PERCH:-perch}" check --json-line --tenant {} "$@" \
  < "$tenants" > runs.jsonl || true
"${PERCH:-perch}" fleet runs.jsonl --format html --output fleet.html --force
"${PERCH:-perch}" fleet runs.jsonl
jq --exit-status --slurp 'all(.drifted == 0 and .error == null)' runs.jsonl > /dev/null
