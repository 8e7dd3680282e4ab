#!/bin/bash
# SPDX-License-Identifier: MIT
# Take the README's pictures from the real program: perch in xterm, against a practice tenant.
#
# usage: picture.sh BUILD_FOLDER OUTPUT_FOLDER
#
# Needs curl, Xvfb, xterm, xdotool, ImageMagick and the font DejaVu Sans Mono.
set -euo pipefail

build=$(realpath "$1")
output=$(realpath "$2")
scratch=$(mktemp -d)
display=:$((100 + RANDOM % 400))
export DISPLAY=$display LC_ALL=C.UTF-8
unset NO_COLOR
running=()

finish() {
    for process in "${running[@]}"; do kill "$process" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$scratch"
}
trap finish EXIT

until_true() {
    for _ in $(seq 200); do "$@" 2>/dev/null && return 0; sleep 0.1; done
    echo "picture.sh: waited in vain for: $*" >&2
    return 1
}

start_practice() {
    mkfifo "$scratch/stdin"
    "$build/perch-practice" --scenario fresh --clock-rate 5 --auto-approve --store "$scratch/store.json" \
        <"$scratch/stdin" >"$scratch/ready" &
    running+=($!)
    exec 7>"$scratch/stdin"
    until_true grep -q listening "$scratch/ready"
    url=$(sed 's/^listening //' "$scratch/ready")
}

write_answers() {
    cat >"$scratch/answers.json" <<'END'
{
  "company": "Contoso", "tenant": "contoso.onmicrosoft.com",
  "account": {"mode": "existing", "userPrincipalName": "admin@contoso.onmicrosoft.com", "email": "avery.admin@contoso.com"},
  "partnerContact": {"name": "Robin Berg", "email": "robin.berg@redcanary.com"},
  "eventHub": {
    "resourceId": "/subscriptions/0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg-mdr/providers/Microsoft.EventHub/namespaces/mdr-eh-ns01",
    "name": "contoso-telemetry"
  },
  "defenderRoles": "unified",
  "sponsor": "sponsor@contoso.com", "reviewers": ["reviewer@contoso.com"],
  "done": {"account": {"note": "sent on Monday"}, "invitation": {"note": "accepted on Tuesday"}}
}
END
}

perch() {
    "$build/perch" --practice-url "$url" --state-dir "$scratch/state" --no-keyring "$@"
}

window() {
    xdotool search --onlyvisible --class xterm 2>/dev/null | head -1 | grep .
}

shoot() {
    import -window "$1" "$2"
}

# The picture once two shots in a row are the same.
shoot_still() {
    shoot "$1" "$scratch/before.png"
    for _ in $(seq 100); do
        sleep 0.3
        shoot "$1" "$2"
        compare -metric AE "$scratch/before.png" "$2" null: 2>/dev/null && return 0
        cp "$2" "$scratch/before.png"
    done
}

# picture NAME COLUMNSxROWS KEY...
picture() {
    local name=$1 size=$2 id
    shift 2
    rm -f "$scratch/log"
    xterm -u8 -tn xterm-256color -fa 'DejaVu Sans Mono' -fs 10 -geometry "$size+0+0" -b 4 -bg '#101418' -fg '#d8dee6' \
        -xrm 'XTerm*cursorBlink: false' -e "$build/perch" --practice-url "$url" --state-dir "$scratch/state" --no-keyring --device-code \
        --log-file "$scratch/log" &
    local terminal=$!
    running+=("$terminal")
    until_true window >/dev/null
    id=$(window)
    xdotool windowfocus "$id" || true
    until_true grep -q 'no sign-in is kept' "$scratch/log"
    xdotool key --window "$id" d
    until_true grep -q 'check: read' "$scratch/log"
    shoot_still "$id" "$scratch/shot.png"
    for key in "$@"; do
        xdotool key --window "$id" "$key"
        shoot_still "$id" "$scratch/shot.png"
    done
    convert "$scratch/shot.png" -colors 32 -strip -define png:compression-level=9 "$output/$name-$size.png"
    kill "$terminal"
    wait "$terminal" 2>/dev/null || true
}

Xvfb "$display" -screen 0 1600x1000x24 -nolisten tcp -noreset >/dev/null 2>&1 &
running+=($!)
until_true test -e "/tmp/.X11-unix/X${display#:}"
start_practice
write_answers
# What a person does in the portals.
portal() {
    curl --silent --show-error --output /dev/null --noproxy '*' "$url/portal/$1" "${@:2}"
}

do_portal_steps() {
    portal invitation --data action=accept
    portal streaming --data action=save --data tables=all --data name=MXDRPartner-Contoso \
        --data-urlencode "resourceId=$(sed -n 's/.*"resourceId": "\(.*\)",/\1/p' "$scratch/answers.json")" --data hubName=contoso-telemetry
}

perch check --answers "$scratch/answers.json" >/dev/null 2>&1 || true
for size in 80x24 120x36; do picture plan "$size" p; done
do_portal_steps
perch apply --yes >/dev/null 2>&1 || true
for size in 80x24 120x36; do
    picture board "$size" n
    picture help "$size" question
done
