#!/bin/sh
# Runs checks by name. The one place that says what each check is: for make, tizim.sh --test and .ci/run alike.
#
#   tools/check.sh quick          what `make check` runs
#   tools/check.sh all            the same with every test
#   tools/check.sh lint types     just these
#
# All the checks asked for run, even after one has failed; the last line then names those that failed.
set -u
cd "$(dirname -- "$0")/.." || exit 1
bin=.venv/bin

check_lock() { "$bin/uv" lock --check --quiet --offline --no-config --default-index https://pypi.org/simple; }
check_format() { "$bin/ruff" format --check .; }
check_lint() { "$bin/ruff" check .; }
check_types() { "$bin/mypy"; }
check_imports() { "$bin/lint-imports" --no-logo; }
check_licences() { "$bin/python" tools/licences.py; }

# A worker for each core; a file's tests stay together, as they share what is costly to make.
in_parallel() { "$bin/pytest" -n "${TIZIM_TEST_WORKERS:-auto}" --dist loadfile --no-loadscope-reorder "$@"; }
check_unit() { in_parallel -m 'not real and not postgres and not slow and not browser'; }
check_tests() { in_parallel; }

before_tests='lock format lint types imports licences'
# shellcheck disable=SC2086  # these are words
case $* in
    quick) set -- $before_tests unit ;;
    all) set -- $before_tests tests ;;
esac

failed=''
for name in "$@"; do
    printf '\n== %s ==\n' "$name"
    "check_$name" || failed="$failed $name"
done
if [ -n "$failed" ]; then
    printf '\nfailed:%s\n' "$failed" >&2
    exit 1
fi
