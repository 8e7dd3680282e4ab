#!/bin/bash
# SPDX-License-Identifier: MIT
# Runs the journeys of world.sh side by side, one a group of modes: they wait longer than they work.
#
# usage: modes.sh BUILD_FOLDER ANSWERS_FILE MODE[,MODE...]...
#
# Ends 0 if all went well, 1 if one did not, 77 if none of them can be had here.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
build=$1 answers=$2
shift 2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

declare -A runs
for modes in "$@"; do
  "$here/world.sh" "$build" "$answers" "$modes" > "$folder/$modes" 2>&1 &
  runs[$modes]=$!
done
good=0 failed=0
for modes in "$@"; do
  wait "${runs[$modes]}" && status=0 || status=$?
  printf '== %s: %d\n' "$modes" "$status"
  cat "$folder/$modes"
  case $status in
    0) good=$((good + 1)) ;;
    77) ;;
    *) failed=$((failed + 1)) ;;
  esac
done
printf '%d of %d journeys went well, %d failed\n' "$good" "$#" "$failed"
[ "$failed" = 0 ] || exit 1
[ "$good" != 0 ] || exit 77
