# bash completion for perch

_perch()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} word command=
    local commands="check plan apply undo report hand-over sign-in sign-out whoami validate"
    local fields="event-hub-id event-hub-name company upn email domain guid group-name date paste"
    local options="--json --yes --wait --device-code --practice --practice-new --practice-url --practice-keyring --answers --partner
        --state-dir --cloud --cloud-file --cloud-sha256 --tenant --client-id --certificate --format --output --plain --ascii --no-mouse
        --no-keyring --no-color --log-file --version --help"

    if [[ $previous == "=" && ${COMP_WORDS[COMP_CWORD-2]} == --practice ]] ||
        [[ $current == "=" && $previous == --practice ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$("${COMP_WORDS[0]}" --practice=help 2>/dev/null | cut -d' ' -f1)" -- "${current#=}")
        return
    fi
    case $previous in
        --answers | --partner | --certificate | --cloud-file | --output | --log-file)
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            return ;;
        --state-dir)
            mapfile -t COMPREPLY < <(compgen -d -- "$current")
            return ;;
        --cloud)
            mapfile -t COMPREPLY < <(compgen -W "global gcc gcc-high dod china" -- "$current")
            return ;;
        --format)
            mapfile -t COMPREPLY < <(compgen -W "text json markdown html" -- "$current")
            return ;;
        --cloud-sha256 | --tenant | --client-id | --practice-url)
            return ;;
    esac
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        [[ " $commands " == *" $word "* ]] && command=$word
    done
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    elif [[ $command == validate ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$fields" -- "$current")
    elif [[ -z $command ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
    fi
}

complete -o filenames -F _perch perch
