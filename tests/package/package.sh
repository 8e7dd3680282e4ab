#!/bin/bash
# SPDX-License-Identifier: MIT
# Make the packages of a finished build, judge them, unpack them into a root, and run what is there.
# usage: package.sh BUILD_DIR
# Ends with 77 where dpkg-deb or cpack is missing; without lintian the packages are not judged, and that is said.
set -euo pipefail
build=$1
work=$(mktemp -d)
export SOURCE_DATE_EPOCH=1795737600
trap 'rm -rf "$work"' EXIT
for program in cpack dpkg-deb gzip; do
  command -v "$program" > /dev/null || { echo "$program is not installed"; exit 77; }
done

(cd "$build" && cpack -G DEB -B "$work/packages" > "$work/log" 2>&1) || { cat "$work/log"; exit 1; }
for package in perch perch-practice; do
  [ -f "$work"/packages/${package}_[0-9]*.deb ] || { echo "there is no package $package"; exit 1; }
  dpkg-deb -x "$work"/packages/${package}_[0-9]*.deb "$work/root"
done
if command -v lintian > /dev/null; then
  lintian --allow-root --fail-on error,warning "$work"/packages/*.deb
else
  echo "lintian is not installed: the packages were not judged"
fi

export LC_ALL=C.UTF-8 XDG_STATE_HOME="$work/state"
perch=$work/root/usr/bin/perch
for file in bin/perch bin/perch-practice share/man/man1/perch.1.gz share/man/man5/perch-answers.5.gz \
  share/bash-completion/completions/perch lib/systemd/system/perch-check@.service share/doc/perch/copyright; do
  [ -f "$work/root/usr/$file" ] || { echo "$file is not installed"; exit 1; }
done
"$perch" --version
status=0
"$perch" check --practice --json > "$work/check.json" 2> /dev/null || status=$?
[ $status = 3 ] || { echo "perch check ended with $status"; exit 1; }
grep -q '"id":[[:space:]]*"sign-in"' "$work/check.json"

# The same again is the same bytes.
(cd "$build" && cpack -G DEB -B "$work/again" > "$work/log" 2>&1)
for package in "$work"/packages/*.deb; do
  cmp "$package" "$work/again/${package##*/}"
done
echo "packages: $(cd "$work/packages" && ls *.deb | tr '\n' ' ')"
