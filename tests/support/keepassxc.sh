#!/bin/sh
# SPDX-License-Identifier: MIT
# KeePassXC as the Secret Service of the session that it is started in, without a display: a new database, whose
# password is "pw", with its root group open to programs. In place of this script once all is made.
set -eu
export QT_QPA_PLATFORM=offscreen TMPDIR="$XDG_RUNTIME_DIR" XDG_CONFIG_HOME="$HOME/.config" XDG_CACHE_HOME="$HOME/.cache"
mkdir -p "$XDG_CONFIG_HOME/keepassxc" "$XDG_CACHE_HOME/keepassxc"
cat > "$XDG_CONFIG_HOME/keepassxc/keepassxc.ini" <<'INI'
[General]
ConfigVersion=2
UpdateCheckMessageShown=true
[FdoSecrets]
Enabled=true
ShowNotification=false
ConfirmAccessItem=false
ConfirmDeleteItem=false
UnlockBeforeSearch=true
[GUI]
CheckForUpdates=false
[Security]
LockDatabaseIdle=false
INI
printf 'pw\npw\n' | keepassxc-cli db-create -p "$HOME/empty.kdbx"
printf 'pw\n' | keepassxc-cli export -q -f xml "$HOME/empty.kdbx" > "$HOME/empty.xml"
python3 - "$HOME/empty.xml" "$HOME/open.xml" <<'PYTHON'
import base64
import re
import sys
import uuid

text = open(sys.argv[1], encoding="utf-8").read()
root = re.search(r"<Group>\s*<UUID>([^<]+)</UUID>", text)[1]
item = ("<Item><Key>FDO_SECRETS_EXPOSED_GROUP</Key><Value>{%s}</Value></Item>"
        % uuid.UUID(bytes=base64.b64decode(root)))
for old, new in (("<CustomData/>", f"<CustomData>{item}</CustomData>"), ("<CustomData>", f"<CustomData>{item}"),
                 ("</Meta>", f"<CustomData>{item}</CustomData></Meta>")):
    if old in text:
        text = text.replace(old, new, 1)
        break
open(sys.argv[2], "w", encoding="utf-8").write(text)
PYTHON
printf 'pw\npw\n' | keepassxc-cli import -p "$HOME/open.xml" "$HOME/keys.kdbx"
printf 'pw\n' > "$HOME/password"
exec keepassxc --pw-stdin "$HOME/keys.kdbx" < "$HOME/password"
