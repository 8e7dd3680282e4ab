# SPDX-License-Identifier: MIT
# A clean root of a distribution's, for the scripts beside this one: sourced, needs $work (a folder of the script's own).
# clean_root SUITE [MIRROR]   makes it in $root, from the mirror that debootstrap knows for the suite if none is named;
#                             ends with 77 where none can be made
# inside COMMAND...           runs in it
# apt_inside ARGUMENT...      apt-get there; ends with 1, and shows why, where it fails
# clean_root_remove           unmounts and removes $work
root=$work/root

skip() {
  echo "skipped: $*"
  exit 77
}

clean_root_remove() {
  for place in dev proc; do
    mountpoint -q "$root/$place" && umount -l "$root/$place"
  done
  rm -rf --one-file-system "$work"
}

# debootstrap of Debian 12 knows no release of Ubuntu's after its own: all of them are made the same way.
clean_root() {
  local suite=$1 mirror=${2:-} script=() scripts=/usr/share/debootstrap/scripts
  [ "$(id -u)" = 0 ] || skip "only the super user makes a root"
  for program in debootstrap chroot; do
    command -v "$program" > /dev/null || skip "$program is not installed"
  done
  [ -e "$scripts/$suite" ] || script=("$scripts/gutsy")
  debootstrap --variant=minbase ${script[@]:+--keyring=/usr/share/keyrings/ubuntu-archive-keyring.gpg} \
    --components=main${script[@]:+,universe} "$suite" "$root" "$mirror" "${script[@]}" > "$work/log" 2>&1 ||
    skip "no root of $suite: $(tail -n 1 "$work/log")"
  mount -t proc proc "$root/proc" || skip "nothing can be mounted here"
  mount --rbind /dev "$root/dev"
  mount --make-rslave "$root/dev"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
}

inside() {
  chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 TERM=xterm "$@"
}

apt_inside() {
  inside DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends "$@" > "$work/log" 2>&1 || {
    tail -n 20 "$work/log"
    exit 1
  }
}
