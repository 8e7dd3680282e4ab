#!/bin/bash
# SPDX-License-Identifier: MIT
# Runs a whole journey of perch's where Microsoft's three host names are a practice tenant behind TLS: nothing in it is
# told that this is practice. Mount, network and process namespaces of its own; outside of them nothing is changed.
#
# usage: world.sh BUILD_FOLDER ANSWERS_FILE MODE[,MODE...]     modes: front.mjs
#
# Ends 0 if all went well, 1 with what did not, 77 where such a world cannot be had, and says why.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
hosts=(login.microsoftonline.com graph.microsoft.com api.security.microsoft.com)
bundle=/etc/ssl/certs/ca-certificates.crt

skip() {
  echo "skipped: $*"
  exit 77
}

outside() {
  local tool spaces=(unshare --mount --net --pid --fork --mount-proc --kill-child)
  for tool in unshare ip mount node openssl; do
    command -v "$tool" > /dev/null || skip "$tool is missing"
  done
  [ -f "$bundle" ] || skip "there are no authorities in $bundle"
  [ "$(id -u)" = 0 ] || spaces+=(--map-root-user)
  "${spaces[@]}" true 2> /dev/null || skip "namespaces of its own are not allowed here"
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  "${spaces[@]}" "$0" --inside "$folder" "$@" < /dev/null && status=0 || status=$?
  exit "$status"
}

# An authority made for this journey signs one certificate for all three names.
make_certificates() {
  local names
  names=$(printf ',DNS:%s' "${hosts[@]}")
  cd "$1"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj '/CN=Authority of this journey' -keyout ca.key -out ca.pem
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=${hosts[0]}" -keyout server.key -out server.csr
  openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out server.pem \
    -extfile <(echo "subjectAltName=${names:1}")
  cat "$bundle" ca.pem > bundle.pem
}

inside() {
  local folder=$1 build=$2 answers=$3 modes=$4 address=127.0.0.1
  (make_certificates "$folder") > "$folder/openssl.log" 2>&1 || { cat "$folder/openssl.log"; exit 1; }
  ip link set lo up
  case ,$modes, in
    *,ipv6,*)
      address=::1
      grep -q ' lo$' /proc/net/if_inet6 2> /dev/null || skip "there is no IPv6 here"
      ;;
  esac
  printf '127.0.0.1 localhost\n%s %s\n' "$address" "${hosts[*]}" > "$folder/hosts"
  echo 'hosts: files' > "$folder/nsswitch"
  mount --bind "$folder/hosts" /etc/hosts || skip "nothing can be mounted here"
  mount --bind "$folder/bundle.pem" "$bundle"
  [ ! -f /etc/nsswitch.conf ] || mount --bind "$folder/nsswitch" /etc/nsswitch.conf
  exec node "$here/journey.mjs" "$folder" "$build" "$answers" "$address" "$modes"
}

if [ "${1:-}" = --inside ]; then
  shift
  inside "$@"
else
  [ $# = 3 ] || { sed -n 's/^# //p' "$0" >&2; exit 2; }
  outside "$@"
fi
