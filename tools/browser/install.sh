#!/bin/sh
# Puts what tests/browser judges pages with (axe-core, html-validate) into a folder outside the sources, and says where.
#
#   export TIZIM_TEST_NODE_MODULES="$(tools/browser/install.sh FOLDER)"
set -eu

[ $# -eq 1 ] || { printf 'install.sh: usage: tools/browser/install.sh FOLDER\n' >&2; exit 1; }
command -v npm >/dev/null || { printf 'install.sh: npm was not found (Debian: apt install npm)\n' >&2; exit 1; }
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
mkdir -p -- "$1"
cp -- "$here/package.json" "$here/package-lock.json" "$1"
# The certificates that this machine trusts are trusted here too: Node has a list of its own.
[ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -e /etc/ssl/certs/ca-certificates.crt ] &&
    export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
# Nothing of what is installed is run while it is installed.
npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund --loglevel=error >&2
printf '%s\n' "$(CDPATH='' cd -- "$1" && pwd -P)/node_modules"
