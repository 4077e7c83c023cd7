.DEFAULT_GOAL := help
.PHONY: help setup format lint types imports licences test check check-all bench bench-batch bench-guard bench-names bench-news bench-watch look soak soak-writers starter reference lock

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-12s %s\n", $$1, $$2 }' Makefile

setup:  ## make or update .venv with everything needed to work on tizim
	@./tizim.sh --setup

format: setup  ## rewrite the code in the house format, mending what can be mended
	.venv/bin/ruff check --fix-only --quiet .
	.venv/bin/ruff format .

lint: setup  ## look for mistakes and bad habits
	@tools/check.sh lint

types: setup  ## check the types
	@tools/check.sh types

imports: setup  ## check that the rooms look down only
	@tools/check.sh imports

licences: setup  ## check the licence of everything the core installs
	@tools/check.sh licences

test: setup  ## run the unit and docs tests, a worker for each core
	@tools/check.sh unit

check: setup  ## before every commit: lock, format, lint, types, imports, licences, unit and docs tests
	@tools/check.sh quick

check-all: setup  ## the same with all tests: slow ones, real files, PostgreSQL, Chromium (skipped, visibly, where absent)
	@tools/check.sh all

bench: setup  ## measure speed and quality
	.venv/bin/python bench/run.py

bench-batch: setup  ## measure how quickly files of customers are screened (OPTIONS="--spark --long 1000000")
	.venv/bin/python bench/batch.py $(OPTIONS)

bench-guard: setup  ## measure how well and how quickly translations are checked
	.venv/bin/python bench/guard.py

bench-names: setup  ## measure how names are matched, beside the peers (tools/peers.sh makes their environment)
	.venv/bin/python bench/names.py

bench-news: setup  ## measure how well and how quickly articles are read
	.venv/bin/python bench/news.py

bench-watch: setup  ## measure how quickly a change of lists is told of a million customers who are watched
	.venv/bin/python bench/watch.py $(OPTIONS)

look: setup  ## take pictures of pages, to look at (FOLDER=pictures ONLY="--pages home --themes dark")
	.venv/bin/python tools/look.py $(or $(FOLDER),pictures) $(ONLY)

soak: setup  ## serve a mixed load for 30 minutes, looking for what wears out (OPTIONS="--minutes 3")
	.venv/bin/python bench/soak.py $(OPTIONS)

soak-writers: setup  ## kill those who write to a register, again and again, looking for what is lost
	.venv/bin/python bench/killed_writers.py

starter: setup  ## rebuild the starter register that ships with tizim
	.venv/bin/python tools/build_starter.py

reference: setup  ## rewrite docs/reference from the code
	.venv/bin/python tools/build_reference.py

lock: setup  ## bring uv.lock in line with pyproject.toml, from the public index only
	.venv/bin/uv lock --no-config --default-index https://pypi.org/simple
