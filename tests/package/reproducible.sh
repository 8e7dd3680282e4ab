#!/bin/bash
# SPDX-License-Identifier: MIT
# Build the programs of one source in two folders, without any cache between, and compare them byte by byte.
# usage: reproducible.sh SOURCE_DIR
set -euo pipefail
source=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CCACHE_DISABLE=1
git -C "$source" rev-parse > /dev/null 2>&1 || { echo "$source is no git checkout"; exit 77; }
for folder in one another/and-deeper; do
  mkdir -p "$work/$folder"
  git -C "$source" ls-files -z | (cd "$source" && xargs -0 tar -cf -) | tar -xf - -C "$work/$folder"
  cmake -S "$work/$folder" -B "$work/$folder/build" -G Ninja -DBUILD_TESTING=OFF > "$work/log"
  cmake --build "$work/$folder/build" --target perch perch-practice >> "$work/log" || { tail -20 "$work/log"; exit 1; }
done
for program in perch perch-practice; do
  cmp "$work/one/build/$program" "$work/another/and-deeper/build/$program"
  sha256sum < "$work/one/build/$program" | sed "s/-/$program/"
done
