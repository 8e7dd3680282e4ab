#!/bin/bash
# SPDX-License-Identifier: MIT
# Debian's Azure CLI against the practice tenant: it registers the tenant's addresses as a cloud, and asks Graph by az rest.
#
# usage: azure_cli.sh BUILD_FOLDER
#
# Ends 0 if all went well, 1 with what did not, 77 where the Azure CLI is not installed.
set -euo pipefail
build=$1
client=14d82eec-204b-4c2f-b7e8-296a70dab67e

for tool in az curl python3; do
  command -v "$tool" > /dev/null || { echo "skipped: $tool is missing"; exit 77; }
done
folder=$(mktemp -d)
export AZURE_CONFIG_DIR=$folder AZURE_CORE_COLLECT_TELEMETRY=no
coproc practice { "$build/perch-practice" --port 0 --auto-approve --clock-rate 600 --end-with-parent; }
trap 'rm -rf "$folder"' EXIT
read -r _ login <&"${practice[0]}"
graph=http://127.0.0.2:${login##*:}

member() {
  python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"
}

token() {
  local code
  code=$(curl -sf "$login/organizations/oauth2/v2.0/devicecode" -d "client_id=$client" -d 'scope=https://graph.microsoft.com/.default' | member device_code)
  curl -sf "$login/organizations/oauth2/v2.0/token" -d 'grant_type=urn:ietf:params:oauth:grant-type:device_code' -d "client_id=$client" -d "device_code=$code" | member access_token
}

bearer=$(token)
checks=0
ask() {
  az rest --only-show-errors --skip-authorization-header --headers "Authorization=Bearer $bearer" 'Content-Type=application/json' "$@"
}
holds() {
  local what=$1
  shift
  checks=$((checks + 1))
  "$@" || { echo "not so: $what"; exit 1; }
}

endpoints=$(printf '"%s":"%s",' activeDirectory "$login" microsoftGraphResourceId "$graph" resourceManager "$graph" \
  activeDirectoryResourceId "$graph" activeDirectoryGraphResourceId "$graph")
az cloud register --only-show-errors --name practice --cloud-config "{\"endpoints\":{${endpoints%,}}}"
registered=$(az cloud show --name practice --query endpoints.microsoftGraphResourceId --output tsv)
holds 'the cloud is known by its Graph' test "$registered" = "$graph"
holds 'the signed-in account is told' test "$(ask --url "$graph/v1.0/me" --query userPrincipalName --output tsv)" != ''
holds 'a page has as many as asked for' test "$(ask --url "$graph/v1.0/users?\$top=3" --query 'length(value)')" = 3
made=$(ask --method post --url "$graph/v1.0/groups" --query id --output tsv \
  --body '{"displayName":"By az","mailEnabled":false,"mailNickname":"byaz","securityEnabled":true}')
holds 'a group is made' test -n "$made"
holds 'and taken away' ask --method delete --url "$graph/v1.0/groups/$made"
refused=$(ask --url "$graph/v1.0/users?\$top=0" 2>&1 || true)
holds 'a refusal comes with its message' grep -q 'Invalid page size' <<< "$refused"
echo "azure-cli checks: $checks"
