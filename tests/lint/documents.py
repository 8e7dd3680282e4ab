#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Hold manual pages and completions to the tables of the program, or make them anew from these.

usage: documents.py SOURCE_DIR PERCH PERCH_PRACTICE [--write]

A manual page has parts between `.\\" made: NAME` and `.\\" end of NAME`; they are made from what `perch help --json`,
`perch-practice --help` and `--scenario help` print, as the completions are from end to end. Without --write each is
compared with what would be made. Where mandoc is installed it has to find nothing wrong with a page, and to read the same
words in it as `perch help TOPIC`. Prints one line a fault and a closing line `N passed, N failed`.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

COLUMNS = 78


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout


def upper(text):
    return text[:1].upper() + text[1:]


# Manual pages


def width(word):
    """What mandoc counts: a character beyond ASCII is an escape of eight."""
    return sum(1 if ord(character) < 128 else 8 for character in word)


def sentences(text):
    """TEXT as mdoc wants it: a sentence begins a line, and no line is long; another page's name is a reference."""
    protected = lambda line: f"\\&{line}" if line[0] in ".'" else line
    for sentence in re.split(r"(?<=[.?!]) (?=[A-Z“])", text.replace("\\", "\\e")):
        line = ""
        for word in sentence.split():
            page = re.fullmatch(r"(perch[a-z-]*)\((\d)\)(\.?)", word)
            if page or (line and width(line) + 1 + width(word) > COLUMNS):
                yield protected(line)
                line = ""
            if page:
                yield f".Xr {page[1]} {page[2]} {page[3]}".rstrip()
            else:
                line = f"{line} {word}".strip()
        if line:
            yield protected(line)


def tagged(rows):
    """A list of (heading, text)."""
    yield ".Bl -tag -width Ds"
    for heading, text in rows:
        yield f".It {heading}"
        yield from sentences(text)
    yield ".El"


def words_of(words):
    """[CODE] and FILE... as macros."""
    return f"Op Ar {words[1:-1]}" if words.startswith("[") else f"Ar {words}"


def option_heading(option):
    letter = f"Fl {option['letter']} , " if option["letter"] else ""
    value = f" Ar {option['value']}" if option["value"] else ""
    if option["optional"]:
        value = f" Ns Op = Ns Ar {option['value']}"
    return f"{letter}Fl -{option['name']}{value}"


def option_text(option, tables):
    choices = f": {option['choices'].replace(' ', ', ')}" if option["choices"] else ""
    commands = [command["name"] for command in tables["commands"] if command["name"]]
    used = [name or "the console" for name in option["commands"]]
    where = f" With {', '.join(used)}." if len(used) < len(commands) // 2 else ""
    return f"{option['help']}{choices}.{where} {option['more'] or ''}"


def synopsis(tables):
    yield ".Nm"
    yield ".Op Ar OPTION ..."
    for command in tables["commands"][1:]:
        yield ".Nm"
        yield f".Cm {command['name']}" + (f" {words_of(command['words'])}" if command["words"] else "")
        yield ".Op Ar OPTION ..."


def command_rows(tables):
    for command in tables["commands"][1:]:
        words = f" {words_of(command['words'])}" if command["words"] else ""
        yield f"Cm {command['name']}{words}", f"{upper(command['summary'])}. {command['detail']}"


def perch_parts(tables):
    yield "SYNOPSIS", list(synopsis(tables))
    yield "COMMANDS", list(tagged(command_rows(tables)))
    yield "OPTIONS", list(tagged((option_heading(option), option_text(option, tables)) for option in tables["options"]))
    yield "FIELDS", list(tagged((f"Cm {field['name']}", field["hint"]) for field in tables["fields"]))
    yield "LIMITS", list(tagged((f"{row['value']} {row['unit']}", row["what"]) for row in tables["limits"]))
    yield "EXIT", list(tagged((str(row["code"]), row["meaning"]) for row in tables["exitCodes"]))


def practice_parts(program):
    options = re.findall(r"^  --([a-z-]+)(?:=(\S+))? +(.*)$", output_of(program, "--help"), re.M)
    scenarios = re.findall(r"^(\S+) +(.*)$", output_of(program, "--scenario", "help"), re.M)
    yield "SYNOPSIS", [".Nm", ".Op Ar OPTION ..."]
    yield "OPTIONS", list(tagged((f"Fl -{name}" + (f" Ar {value}" if value else ""), text + ".") for name, value, text in options))
    yield "SCENARIOS", list(tagged((f"Cm {name}", text) for name, text in scenarios))


def with_parts(text, parts):
    for name, lines in parts:
        begin, end = f'.\\" made: {name}\n', f'.\\" end of {name}\n'
        head, rest = text.split(begin, 1)
        text = head + begin + "".join(line + "\n" for line in lines) + end + rest.split(end, 1)[1]
    return text


# Completions

SCENARIOS = "perch --practice=help 2>/dev/null | cut -d' ' -f1"

BASH = """# bash completion for perch; made from the program's own tables by tests/lint/documents.py --write

_perch()
{{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} word command= options=
    local commands="{commands}"
    local fields="{fields}"
    local topics="{topics}"

    if [[ $previous == "=" && ${{COMP_WORDS[COMP_CWORD-2]}} == --practice ]] ||
        [[ $current == "=" && $previous == --practice ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$("${{COMP_WORDS[0]}}" --practice=help 2>/dev/null | cut -d' ' -f1)" -- "${{current#=}}")
        return
    fi
    case $previous in
        {files})
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            return ;;
{choices}        {values})
            return ;;
    esac
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        [[ " $commands " == *" $word "* ]] && command=$word
    done
    if [[ $current == -* ]]; then
        case $command in
{options}        esac
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    elif [[ $command == validate ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$fields" -- "$current")
    elif [[ $command == help ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$commands $topics" -- "$current")
    elif [[ $command == fleet ]]; then
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    elif [[ -z $command ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
    fi
}}

complete -o filenames -F _perch perch
"""


def names(rows):
    return " ".join(row["name"] for row in rows if row["name"])


def bash(tables):
    options = tables["options"]
    dashed = lambda rows: " | ".join(f"--{row['name']}" for row in rows)
    files = [row for row in options if row["file"]]
    free = [row for row in options if row["value"] and not row["file"] and not row["choices"] and not row["optional"]]
    choices = "".join(f"        --{row['name']})\n            mapfile -t COMPREPLY < <(compgen -W \"{row['choices']}\" -- \"$current\")\n"
                      "            return ;;\n" for row in options if row["choices"])
    each = "".join(f"            {command['name'] or '*'}) options=\"{' '.join('--' + row['name'] for row in options if not command['name'] or command['name'] in row['commands'])}\" ;;\n"
                   for command in tables["commands"][1:] + tables["commands"][:1])
    return BASH.format(commands=names(tables["commands"]), fields=names(tables["fields"]), topics=names(tables["topics"]),
                       files=dashed(files), values=dashed(free), choices=choices, options=each)


def zsh_action(row):
    if row["optional"]:
        return f'::{row["value"].lower()}:{{compadd -- $(perch --practice=help 2>/dev/null | cut -d" " -f1)}}'
    if row["choices"]:
        return f":{row['value'].lower()}:({row['choices']})"
    if row["file"]:
        return ":folder:_files -/" if row["value"] == "DIR" else ":file:_files"
    return f":{row['value'].lower().replace('|', ' or ')}:" if row["value"] else ""


def quoted(text):
    return re.sub(r"([\[\]:])", r"\\\1", text).replace("'", "’")


def zsh(tables):
    lines = ["#compdef perch", "# Made from the program's own tables by tests/lint/documents.py --write", "", "_perch() {",
             "    local context state line", "    local -a commands", "    commands=("]
    lines += [f"        '{row['name']}:{quoted(row['summary'])}'" for row in tables["commands"] if row["name"]]
    lines += ["    )", "    _arguments -C \\"]
    for row in tables["options"]:
        option = f"--{row['name']}" + ("=-" if row["optional"] else "")
        text = f"[{quoted(row['help'])}]{zsh_action(row)}"
        both = f"(-{row['letter']} {option})'{{-{row['letter']},{option}}}'" if row["letter"] else option
        lines.append(f"        '{both}{text}' \\")
    lines += ["        '1: :->command' \\", "        '*: :->word'", "    case $state in", "        command) _describe command commands ;;",
              "        word)", "            case ${words[(r)(validate|help|fleet)]} in",
              f"                validate) compadd -- {names(tables['fields'])} ;;",
              f"                help) compadd -- {names(tables['commands'])} {names(tables['topics'])} ;;",
              "                fleet) _files ;;", "            esac ;;", "    esac", "}", "", '_perch "$@"']
    return "\n".join(lines) + "\n"


def fish(tables):
    text = lambda words: words.replace("'", "’")
    lines = ["# fish completion for perch; made from the program's own tables by tests/lint/documents.py --write", "", "complete -c perch -f"]
    lines += [f"complete -c perch -n __fish_use_subcommand -a {row['name']} -d '{text(upper(row['summary']))}'"
              for row in tables["commands"] if row["name"]]
    lines.append(f"complete -c perch -n '__fish_seen_subcommand_from validate' -a '{names(tables['fields'])}'")
    lines.append(f"complete -c perch -n '__fish_seen_subcommand_from help' -a '{names(tables['commands'])} {names(tables['topics'])}'")
    lines.append("complete -c perch -n '__fish_seen_subcommand_from fleet' -F")
    for row in tables["options"]:
        letter = f"-s {row['letter']} " if row["letter"] else ""
        takes = f" -a \"({SCENARIOS})\"" if row["optional"] else f" -x -a '{row['choices']}'" if row["choices"] else \
            " -r -F" if row["file"] else " -x" if row["value"] else ""
        lines.append(f"complete -c perch {letter}-l {row['name']}{takes} -d '{text(row['help'])}'")
    return "\n".join(lines) + "\n"


# What is compared


def made_of(root, perch, practice):
    """Each file with the text that it should have."""
    tables = json.loads(output_of(perch, "help", "--json"))
    pages = root / "assets/man"
    for page, parts in ((pages / "perch.1", perch_parts(tables)), (pages / "perch-practice.1", practice_parts(practice))):
        yield page, with_parts(page.read_text(encoding="utf-8"), parts)
    for name, text in (("perch.bash", bash(tables)), ("_perch", zsh(tables)), ("perch.fish", fish(tables))):
        yield root / "assets/completions" / name, text


def words_in(text):
    """The words of a page without its head, its foot and its marks of quotation."""
    body = re.sub(r"(?<=\w)-\n +", "-", text[text.index("NAME"):])
    return re.sub(r"[‘’'“”\"—–•-]", "", body).split()


def cloud_faults(root):
    """A member of a cloud that perch-partner(5) does not tell of."""
    told = set(re.findall(r"^\.(?:It )?Ql (\w+)", (root / "assets/man/perch-partner.5").read_text(encoding="utf-8"), re.M))
    clouds = json.loads((root / "assets/clouds.json").read_text(encoding="utf-8"))
    for name in sorted({name for cloud in clouds for name in cloud} - told):
        yield f"perch-partner.5: nothing is said of {name} of a cloud file"


def page_faults(page, perch, pages):
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if len(re.findall(r"\bQl\b", line)) > 1:
            yield f"{page.name}:{number}: groff puts the second quotation into the first: give each a line of its own, between Xo and Xc"
    lint = subprocess.run(["mandoc", "-T", "lint", "-W", "all", str(page)], capture_output=True, text=True).stdout
    for line in lint.splitlines():
        if not re.search(rf"referenced manual not found: Xr ({'|'.join(pages)}) ", line):
            yield line
    topic = "perch" if page.stem == "perch" else page.stem.removeprefix("perch-")
    read = subprocess.run(["mandoc", "-T", "utf8", str(page)], capture_output=True, text=True).stdout
    read = re.sub(".\b", "", read).rstrip()
    theirs, ours = words_in(read[:read.rindex("\n")]), words_in(output_of(perch, "help", topic))
    for place, (one, other) in enumerate(zip(theirs, ours)):
        if one != other:
            yield f"{page.name}: perch help {topic} says {' '.join(ours[place - 5:place + 5])!r}, mandoc {' '.join(theirs[place - 5:place + 5])!r}"
            return
    if len(theirs) != len(ours):
        yield f"{page.name}: perch help {topic} says {len(ours)} words, mandoc {len(theirs)}"


def main(source, perch, practice, write):
    root = pathlib.Path(source)
    faults = []
    count = 0
    for file, text in made_of(root, perch, practice):
        count += 1
        if write:
            file.write_text(text, encoding="utf-8")
        elif file.read_text(encoding="utf-8") != text:
            faults.append(f"{file.relative_to(root)} is not what the program's tables make of it: build the target documents")
    count += 1
    faults += cloud_faults(root)
    pages = sorted((root / "assets/man").glob("*.[157]"))
    if shutil.which("mandoc") is None:
        print("mandoc is not installed: pages were not judged")
    else:
        for page in pages:
            found = list(page_faults(page, perch, [each.stem for each in pages])) if not write else []
            count += 1
            faults += found
    for fault in faults:
        print(fault)
    print(f"{max(count - len(faults), 0)} passed, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:4], "--write" in sys.argv[4:]))
