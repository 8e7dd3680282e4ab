# bash completion for perch; made from the program's own tables by tests/lint/documents.py --write

_perch()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} word command= options=
    local commands="check plan apply undo leave report hand-over sign-in sign-out consents whoami password validate doctor explain open tenants fleet verify partner help"
    local fields="event-hub-id event-hub-name company upn email domain guid group-name date display-name mail-nickname resource-group tenant days paste"
    local topics="exit-codes fields files environment perch practice answers partner json operate security"

    if [[ $previous == "=" && ${COMP_WORDS[COMP_CWORD-2]} == --practice ]] ||
        [[ $current == "=" && $previous == --practice ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$("${COMP_WORDS[0]}" --practice=help 2>/dev/null | cut -d' ' -f1)" -- "${current#=}")
        return
    fi
    case $previous in
        --metrics | --output | --bundle | --plan | --answers | --allowed-signers | --partner | --certificate | --cloud-file | --state-dir | --log-file)
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            return ;;
        --format)
            mapfile -t COMPREPLY < <(compgen -W "text oscal json markdown html csv" -- "$current")
            return ;;
        --cloud)
            mapfile -t COMPREPLY < <(compgen -W "global gcc gcc-high dod china" -- "$current")
            return ;;
        --seal-key | --answers-sha256 | --partner-sha256 | --tenant | --client-id | --cloud-sha256 | --consent | --practice-url)
            return ;;
    esac
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        [[ " $commands " == *" $word "* ]] && command=$word
    done
    if [[ $current == -* ]]; then
        case $command in
            check) options="--json --json-line --metrics --answers --answers-sha256 --allowed-signers --partner --partner-sha256 --tenant --device-code --client-id --certificate --drift --cloud --cloud-file --cloud-sha256 --state-dir --log-file --no-keyring --no-excess --audit-log --practice --practice-new --practice-url --for-session --practice-keyring --ascii --help" ;;
            plan) options="--json --json-line --metrics --output --force --answers --answers-sha256 --allowed-signers --partner --partner-sha256 --tenant --device-code --client-id --cloud --cloud-file --cloud-sha256 --state-dir --log-file --no-keyring --no-excess --audit-log --practice --practice-new --practice-url --for-session --practice-keyring --ascii --help" ;;
            apply) options="--json --json-line --metrics --yes --wait --plan --answers --answers-sha256 --allowed-signers --partner --partner-sha256 --tenant --device-code --client-id --cloud --cloud-file --cloud-sha256 --state-dir --log-file --no-keyring --no-excess --audit-log --practice --practice-new --practice-url --for-session --practice-keyring --ascii --help" ;;
            undo) options="--json --json-line --metrics --yes --answers --answers-sha256 --allowed-signers --partner --partner-sha256 --tenant --device-code --client-id --cloud --cloud-file --cloud-sha256 --state-dir --log-file --no-keyring --no-excess --audit-log --practice --practice-new --practice-url --for-session --practice-keyring --ascii --help" ;;
            leave) options="--json --json-line --metrics --yes --answers --answers-sha256 --allowed-signers --partner --partner-sha256 --tenant --device-code --client-id --cloud --cloud-file --cloud-sha256 --state-dir --log-file --no-keyring --no-excess --audit-log --practice --practice-new --practice-url --for-session --practice-keyring --ascii --help" ;;
            report) options="--json --format --output --bundle --force --answers --answers-sha256 --allowed-signers --partner --partner-sha256 --tenant --device-code --client-id --certificate --drift --cloud --cloud-file --cloud-sha256 --state-dir --log-file --no-keyring --no-excess --audit-log --practice --practice-new --practice-url --for-session --practice-keyring --ascii --help" ;;
            hand-over) options="--json --output --force --answers --answers-sha256 --allowed-signers --partner --partner-sha256 --tenant --device-code --client-id --cloud --cloud-file --cloud-sha256 --state-dir --log-file --no-keyring --no-excess --audit-log --practice --practice-new --practice-url --for-session --practice-keyring --ascii --help" ;;
            sign-in) options="--json --answers --answers-sha256 --allowed-signers --partner --partner-sha256 --tenant --device-code --client-id --cloud --cloud-file --cloud-sha256 --state-dir --log-file --no-keyring --no-excess --audit-log --practice --practice-new --practice-url --for-session --practice-keyring --ascii --help" ;;
            sign-out) options="--json --answers --answers-sha256 --allowed-signers --partner --partner-sha256 --tenant --device-code --client-id --cloud --cloud-file --cloud-sha256 --state-dir --log-file --no-keyring --no-excess --audit-log --everywhere --practice --practice-new --practice-url --for-session --practice-keyring --ascii --help" ;;
            consents) options="--json --answers --answers-sha256 --allowed-signers --partner --partner-sha256 --tenant --device-code --client-id --cloud --cloud-file --cloud-sha256 --state-dir --log-file --no-keyring --no-excess --audit-log --take-back --consent --practice --practice-new --practice-url --for-session --practice-keyring --ascii --help" ;;
            whoami) options="--json --answers --answers-sha256 --allowed-signers --partner --partner-sha256 --tenant --device-code --client-id --cloud --cloud-file --cloud-sha256 --state-dir --log-file --no-keyring --no-excess --audit-log --practice --practice-new --practice-url --for-session --practice-keyring --ascii --help" ;;
            password) options="--json --answers --answers-sha256 --allowed-signers --partner --partner-sha256 --tenant --device-code --client-id --cloud --cloud-file --cloud-sha256 --state-dir --log-file --no-keyring --no-excess --audit-log --practice --practice-new --practice-url --for-session --practice-keyring --ascii --help" ;;
            validate) options="--json --ascii --help" ;;
            doctor) options="--json --output --force --answers --answers-sha256 --allowed-signers --partner --partner-sha256 --tenant --device-code --client-id --cloud --cloud-file --cloud-sha256 --state-dir --log-file --no-keyring --no-excess --practice --practice-url --practice-keyring --ascii --help" ;;
            explain) options="--json --ascii --help" ;;
            open) options="--json --tenant --state-dir --practice --ascii --help" ;;
            tenants) options="--json --tenant --state-dir --practice --ascii --help" ;;
            fleet) options="--json --format --output --force --ascii --help" ;;
            verify) options="--json --seal-key --ascii --help" ;;
            partner) options="--json --output --force --ascii --help" ;;
            help) options="--json --ascii --help" ;;
            *) options="--json --json-line --metrics --yes --wait --format --output --bundle --seal-key --plan --force --answers --answers-sha256 --allowed-signers --partner --partner-sha256 --tenant --device-code --client-id --certificate --drift --cloud --cloud-file --cloud-sha256 --state-dir --log-file --no-keyring --no-excess --audit-log --take-back --consent --everywhere --practice --practice-new --practice-url --for-session --practice-keyring --plain --ascii --no-mouse --no-color --version --help" ;;
        esac
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
}

complete -o filenames -F _perch perch
