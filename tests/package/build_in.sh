#!/bin/bash
# SPDX-License-Identifier: MIT
# The source tarball in a clean root of a distribution's: built there as its packagers build, with the README's packages
# and flags of their own, then --version, a look at the practice tenant, and the unit tests.
# usage: build_in.sh BUILD_DIR SUITE [MIRROR]     trixie, noble, ...
# Ends with 77 where no such root can be made: no debootstrap, not the super user, no mirror, no keyring.
set -euo pipefail
build=$1 suite=$2 mirror=${3:-}
work=$(mktemp -d)
trap clean_root_remove EXIT
# shellcheck source=clean_root.bash
. "$(dirname "$0")/clean_root.bash"
command -v cpack > /dev/null || skip "cpack is not installed"
clean_root "$suite" "$mirror"
source=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$build/CMakeCache.txt")
packages=$(sed -n 's/^ *sudo apt install //p' "$source/README.md" | head -n 1)
apt_inside update
# shellcheck disable=SC2086
apt_inside install $packages ca-certificates dpkg-dev xz-utils

(cd "$build" && cpack --config CPackSourceConfig.cmake -B "$work/source" > "$work/log" 2>&1) || {
  cat "$work/log"
  exit 1
}
tar -xJf "$work"/source/perch-*.tar.xz -C "$root/root"
inside bash -c 'mv /root/perch-* /root/perch && cd /root/perch
  eval "$(DEB_BUILD_MAINT_OPTIONS=hardening=+all dpkg-buildflags --export=sh)"
  cmake -S . -B build -G Ninja && cmake --build build' > "$work/log" 2>&1 || {
  tail -n 40 "$work/log"
  exit 1
}
warnings=$(grep -c 'warning:' "$work/log" || true)
inside /root/perch/build/perch --version
status=0
inside /root/perch/build/perch check --practice --json > "$work/check.json" 2> "$work/errors" || status=$?
[ $status = 3 ] || {
  echo "perch check ended with $status: $(tail -n 3 "$work/errors")"
  exit 1
}
inside ctest --test-dir /root/perch/build -L unit -j2 --output-on-failure
echo "built and tested in a clean root of $suite, $warnings warnings"
