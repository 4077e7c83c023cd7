#!/bin/sh
# Starts and stops a PostgreSQL server for the tests: fresh, on loopback only, and keeping nothing.
#
#   export TIZIM_TEST_POSTGRES_URL="$(tools/postgres.sh start FOLDER)"     FOLDER is new or empty
#   tools/postgres.sh crash FOLDER                                         kills all its processes, starts it again
#   tools/postgres.sh stop FOLDER                                          removes what start made in it
set -eu

fail() {
    printf 'postgres.sh: %s\n' "$*" >&2
    exit 1
}

[ $# -eq 2 ] || fail 'usage: tools/postgres.sh start|crash|stop FOLDER'
action=$1
[ "$action" != start ] || mkdir -p -- "$2"
folder=$(CDPATH='' cd -- "$2" && pwd -P)
cd /  # the server's user may not be allowed where we stand

if command -v pg_ctl >/dev/null; then
    bin=$(dirname -- "$(command -v pg_ctl)")
else  # Debian and Ubuntu keep the server's programs off the PATH
    bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t / -k 5n | tail -n 1)
fi
[ -x "$bin/pg_ctl" ] || fail 'no PostgreSQL server found; install one (Debian, Ubuntu: apt install postgresql)'

# PostgreSQL refuses to run as root.
user=$(id -un)
if [ "$(id -u)" -eq 0 ]; then
    user=nobody
    ! id postgres >/dev/null 2>&1 || user=postgres
fi
as_user() {
    if [ "$(id -u)" -eq 0 ]; then runuser -u "$user" -- "$@"; else "$@"; fi
}

start() {
    [ -z "$(ls -A "$folder")" ] || fail "$folder is not empty"
    # A password, because other people of this machine reach loopback too and a superuser can run programs.
    password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    (umask 077 && printf '%s\n' "$password" >"$folder/password")
    [ "$(id -u)" -ne 0 ] || chown "$user" "$folder" "$folder/password"
    as_user test -r "$folder/password" || fail "$user, who runs the server, cannot reach $folder"
    locale=C  # sorts by code point, as SQLite does; C.UTF-8 knows letters beyond ASCII as well
    ! locale -a 2>/dev/null | grep -qix 'C\.utf-\{0,1\}8' || locale=C.UTF-8
    as_user "$bin/initdb" -D "$folder/data" -U tizim --pwfile="$folder/password" --auth=scram-sha-256 \
        --locale="$locale" -E UTF8 --no-sync >/dev/null
    cat >>"$folder/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
# nothing here has to survive a crash
fsync = off
full_page_writes = off
synchronous_commit = off
CONF
    for _ in 1 2 3 4 5; do
        port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 10000))  # taken already? then try another
        printf 'port = %s\n' "$port" >>"$folder/data/postgresql.conf"
        if as_user "$bin/pg_ctl" start -w -t 60 -s -D "$folder/data" -l "$folder/log" >&2; then
            printf 'postgresql+psycopg://tizim:%s@127.0.0.1:%s/postgres\n' "$password" "$port"
            return
        fi
    done
    cat "$folder/log" >&2
    fail 'the server did not start'
}

crash() {
    postmaster=$(head -n 1 "$folder/data/postmaster.pid")
    # shellcheck disable=SC2046  # these are words
    kill -9 "$postmaster" $(pgrep -P "$postmaster")
    while kill -0 "$postmaster" 2>/dev/null; do sleep 0.05; done
    as_user "$bin/pg_ctl" start -w -t 60 -s -D "$folder/data" -l "$folder/log" >&2
}

stop() {
    if [ -e "$folder/data/postmaster.pid" ]; then
        as_user "$bin/pg_ctl" stop -w -s -m fast -D "$folder/data" >&2
    fi
    rm -rf -- "$folder/data" "$folder/log" "$folder/password"
}

case $action in
    start) start ;;
    crash) crash ;;
    stop) stop ;;
    *) fail "start, crash or stop, not $action" ;;
esac
