#!/bin/bash
# SPDX-License-Identifier: MIT
# The packages in a clean root of Debian's: installed with what they depend on, run, and removed without a trace.
# usage: root.sh BUILD_DIR [SUITE [MIRROR]]     the suite that the build was made on (bookworm)
# Ends with 77 where no such root can be made: no debootstrap, not the super user, no mirror.
set -euo pipefail
build=$1 suite=${2:-bookworm} mirror=${3:-}
work=$(mktemp -d)
export SOURCE_DATE_EPOCH=1795737600
trap clean_root_remove EXIT
# shellcheck source=clean_root.bash
. "$(dirname "$0")/clean_root.bash"
command -v cpack > /dev/null || skip "cpack is not installed"
clean_root "$suite" "$mirror"

files() {
  (cd "$root" && find etc usr var/lib -xdev -not -path 'var/lib/apt/*' -not -path 'var/lib/dpkg/*' | sort)
}

(cd "$build" && cpack -G DEB -B "$work/packages" > "$work/log" 2>&1) || {
  cat "$work/log"
  exit 1
}
cp "$work"/packages/*.deb "$root/root"
apt_inside update
apt_inside install man-db bash-completion
files > "$work/before"
mapfile -t debs < <(cd "$root" && ls root/*.deb)
apt_inside install "${debs[@]/#//}"

inside perch --version
status=0
inside sh -c 'perch check --practice --json > /root/check.json 2> /root/errors' || status=$?
[ $status = 3 ] || {
  echo "perch check ended with $status: $(tail -n 3 "$root/root/errors")"
  exit 1
}
grep -q '"id":[[:space:]]*"sign-in"' "$root/root/check.json"
# Whatever is loaded late is there: a sign-in address as a code, a mail to be pasted, the doctor's look at keyring and hosts.
inside sh -c 'printf "Content-Type: text/plain\n\nresource id: x" | perch validate paste --json > /dev/null; [ $? -le 2 ]'
inside sh -c 'perch doctor --json > /root/doctor.json; [ $? -le 3 ]'
for topic in 1:perch 1:perch-practice 5:perch-answers 5:perch-json 5:perch-partner 7:perch-operate 7:perch-security; do
  inside MANPAGER=cat man "${topic%%:*}" "${topic#*:}" > "$work/page" 2> "$work/log" && grep -q NAME "$work/page" || {
    echo "there is no manual page ${topic#*:}: $(tail -n 1 "$work/log")"
    exit 1
  }
done
inside bash -c '. /usr/share/bash-completion/bash_completion; . /usr/share/bash-completion/completions/perch
  complete -p perch > /dev/null'

apt_inside purge perch perch-practice
apt_inside autoremove --purge
files > "$work/after"
left=$(comm -13 "$work/before" "$work/after" | grep -i perch || true)
[ -z "$left" ] || {
  echo "removed, and this is left:"
  echo "$left"
  exit 1
}
echo "installed, run and removed in a clean root of $suite"
