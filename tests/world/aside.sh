#!/bin/bash
# SPDX-License-Identifier: MIT
# Runs a command beside whatever comes after: it waits longer than it works, and would keep others from their place.
#
# usage: aside.sh begin FOLDER COMMAND...   begin it, in FOLDER, which is made anew
#        aside.sh end FOLDER                wait for its end, print what it said and end as it did
set -euo pipefail
[ $# -ge 2 ] || { sed -n 's/^# //p' "$0" >&2; exit 2; }
what=$1 folder=$2
shift 2

case $what in
  begin)
    rm -rf "$folder"
    mkdir -p "$folder"
    exec 9> "$folder/running"
    flock 9
    {
      "$@" 9>&- && status=0 || status=$?
      echo "$status" > "$folder/status"
    } < /dev/null > "$folder/said" 2>&1 &
    ;;
  end)
    flock --wait 590 "$folder/running" true || echo "it did not end in time"
    cat "$folder/said"
    exit "$(cat "$folder/status" 2> /dev/null || echo 1)"
    ;;
  *)
    exit 2
    ;;
esac
