#!/bin/sh
# Makes bench/.peers: the yardsticks of `make bench-names` (nomenklatura's logic-v2, rapidfuzz) in an environment of
# their own, so that nothing of them is ever within reach of tizim. Only the benchmark uses it.
#
#   tools/peers.sh                       makes or updates bench/.peers
#   PYTHON=python3.11 tools/peers.sh     with another Python (3.11 or newer)
set -eu
cd "$(dirname -- "$0")/.."
python=${PYTHON:-python3}
folder=bench/.peers
# The rules of logic-v2 live in rigour and followthemoney as well: a newer one of these is another yardstick.
packages='nomenklatura==4.17.4 followthemoney==4.11.2 rigour==2.6.1 normality==3.1.0 rapidfuzz==3.14.6'

fail() {
    printf 'peers.sh: %s\n' "$*" >&2
    exit 1
}

needs='nomenklatura needs pyicu, which has no wheel and is compiled here: it wants the headers of ICU, pkg-config and a C++ compiler (Debian, Ubuntu: apt-get install libicu-dev pkg-config g++ python3-dev)'

command -v "$python" >/dev/null || fail "no $python found; name one: PYTHON=/path/to/python3 tools/peers.sh"
if ! "$folder/bin/python" -c 'import icu' 2>/dev/null; then
    command -v pkg-config >/dev/null || fail "no pkg-config found. $needs"
    pkg-config --exists icu-i18n || fail "no ICU found by pkg-config. $needs"
    command -v c++ >/dev/null || command -v g++ >/dev/null || command -v clang++ >/dev/null || fail "no C++ compiler found. $needs"
fi
[ -x "$folder/bin/python" ] || "$python" -m venv "$folder" || fail "$python cannot make an environment (Debian, Ubuntu: apt-get install python3-venv)"
# shellcheck disable=SC2086  # these are words
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check $packages ||
    fail "the packages could not be installed; see above. If pyicu failed: $needs"
"$folder/bin/python" -c 'import icu, nomenklatura, rapidfuzz' || fail "$folder is not usable; remove it and try again"
printf 'peers.sh: %s is ready; make bench-names measures against it\n' "$folder"
