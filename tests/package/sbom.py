#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The bill of materials names every library that the programs load, and the programs as they are.
usage: sbom.py PERCH PERCH_PRACTICE COMMAND..., COMMAND writes the document that its -DOUTPUT= names"""
import hashlib
import json
import re
import shutil
import subprocess
import sys

# The compiler's and the C library's own.
SYSTEM = ("libc.so", "libm.so", "ld-linux", "libgcc_s", "libasan", "libubsan", "libtsan", "liblsan")


def main():
    programs, command = sys.argv[1:3], sys.argv[3:]
    if shutil.which("readelf") is None:
        sys.exit(77)
    subprocess.run(command, check=True)
    output = next(word.split("=", 1)[1] for word in command if word.startswith("-DOUTPUT="))
    with open(output, encoding="utf-8") as file:
        document = json.load(file)
    errors = []
    if (document["bomFormat"], document["specVersion"]) != ("CycloneDX", "1.5"):
        errors.append("it is no CycloneDX document of version 1.5")
    libraries = [part for part in document["components"] if part["type"] == "library"]
    files = {part["name"]: part for part in document["components"] if part["type"] == "file"}
    errors += [f"{part['name']} has no version" for part in libraries if not part["version"]]
    known = tuple(name for part in libraries for name in part["properties"][0]["value"].split())
    for program in programs:
        text = subprocess.run(["readelf", "-dW", program], check=True, capture_output=True, text=True).stdout
        for name in re.findall(r"NEEDED.*\[(.*)\]", text):
            if not name.startswith(known + SYSTEM):
                errors.append(f"{program} loads {name}, which no part is said to be")
        with open(program, "rb") as file:
            found = hashlib.sha256(file.read()).hexdigest()
        named = files[program.rsplit("/", 1)[-1]]["hashes"][0]["content"]
        if named != found:
            errors.append(f"{program} has the sum {found}, and {named} is written")
    print("\n".join(errors) or f"{len(libraries)} libraries, {len(files)} programs")
    sys.exit(1 if errors else 0)


main()
