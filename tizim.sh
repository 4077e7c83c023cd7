#!/bin/sh
# Runs tizim from a checkout of its sources; needs nothing but Python 3.11 or newer.
#
#   ./tizim.sh up                     any tizim command, with its options
#   ./tizim.sh --with postgres up     the same, after adding an extra of pyproject.toml (it stays added)
#   ./tizim.sh --setup                only make the environment for working on tizim
#   ./tizim.sh --test                 every check and every test
#
# The first run makes .venv, holding exactly what uv.lock says; later runs start at once and need no network.
set -euf

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
venv=$root/.venv
stamp=$venv/tizim-stamp  # written last by tools/prepare.py: without it .venv counts as half made

stop() {
    printf 'tizim: %s\n' "$*" >&2
    exit 1
}

asked=''
action=tizim
while [ $# -gt 0 ]; do
    case $1 in
        --with)
            [ $# -gt 1 ] || stop '--with needs the name of an extra, such as postgres'
            asked="$asked $2"
            shift
            ;;
        --setup) asked="$asked dev" action=setup ;;
        --test) asked="$asked dev" action=test ;;
        *) break ;;
    esac
    shift
done

# The folder is part of it because an environment does not survive being moved.
wanted="$(cat "$root/pyproject.toml" "$root/uv.lock" | cksum) $root"

is_ready() {
    [ -x "$venv/bin/python" ] && [ -r "$stamp" ] || return 1
    { IFS= read -r was && IFS= read -r has; } <"$stamp" || return 1
    [ "$was" = "$wanted" ] || return 1
    for part in $asked; do
        case " $has " in *" $part "*) ;; *) return 1 ;; esac
    done
}

find_python() {
    for name in python3.13 python3.12 python3.11 python3; do
        # Run it: a command of that name may be a shim with nothing behind it.
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            printf '%s\n' "$name"
            return
        fi
    done
    stop 'no Python 3.11 or newer was found on the PATH; install one (Debian, Ubuntu: apt install python3) and run this again'
}

if ! is_ready; then
    python=$(find_python)
    # shellcheck disable=SC2086  # the names asked for are words
    "$python" -I "$root/tools/prepare.py" "$root" "$wanted" $asked
fi

case $action in
    tizim) exec "$venv/bin/tizim" "$@" ;;
    test) exec "$root/tools/check.sh" all ;;
esac
