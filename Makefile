# make read         set up, and open a sample article
# make test         set up for development, and run every check; with another Python:
#                   make test PYTHON=python3.13 VENV=.venv-3.13
# make quick        lint, types and the fast tests, in under a minute
# make docs         write the parts of the docs that come from the code
# make test-install set up as make read does, with this Python's own pip, and open every sample
# make test-installers
#                   install the wheel as pipx and uv tool do, and try the program
# make test-floor   the tests that need no screen, on the oldest dependencies that pyproject.toml
#                   allows; make test-program runs those of the command line and of the
#                   program in a terminal
# make bench        measure speed and memory; prints tables
# make fuzz         try made-up files of every format, settings, article files, commands and exports
#                   for MINUTES=5, and keep what fails in .fuzz
# make mutants      put NUMBER=200 small faults into the program, one at a time, and print which the
#                   tests miss; SEED=7 draws the same ones again, PACKAGE=core those of a package
# make screenshots  draw the README's pictures from the real program
# make lock         choose the versions of the dependencies (needs uv)
# make help         print this list

PYTHON ?= python3
VENV := .venv
FLOOR := .venv-floor
FRESH := .venv-fresh
BIN := $(VENV)/bin
PIP := pip install --quiet --disable-pip-version-check
MINUTES ?= 5
NUMBER ?= 200
SEED ?=
PACKAGE ?=
ARTICLE ?= sample_articles/the-quiet-ledger.txt
LOCK := .ci/requirements.lock
OLDEST := .ci/requirements-floor.txt
QUICK := tests/core tests/exports tests/imports tests/test_*.py
WITH_OLDEST := tests/core tests/formats tests/exports tests/imports tests/store tests/session tests/web
WORKERS := 3
TESTING := pytest pytest-asyncio pytest-rerunfailures pytest-timeout pytest-xdist hypothesis pyte bibtexparser pyparsing rispy

.PHONY: read test quick docs help check test-install test-installers test-floor test-program bench fuzz mutants screenshots lock clean

read: $(VENV)/ready
	@$(BIN)/margin $(ARTICLE)

test: check
	$(BIN)/pytest -n $(WORKERS)

quick: check
	$(BIN)/pytest -n 2 -q $(QUICK)

docs: $(VENV)/ready-dev
	$(BIN)/python -m tests.generated_docs

help:
	@sed -n 's/^# //p' $(firstword $(MAKEFILE_LIST))

check: $(VENV)/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test-floor: $(FLOOR)/ready
	$(FLOOR)/bin/pytest -n $(WORKERS) -q -p no:cacheprovider $(WITH_OLDEST)

test-program: $(VENV)/ready-dev
	$(BIN)/pytest -n $(WORKERS) $(WITH_OLDEST:%=--ignore=%) --ignore=tests/ui

test-install:
	@rm -rf $(FRESH)
	@$(MAKE) --no-print-directory VENV=$(FRESH) $(FRESH)/ready
	@for article in sample_articles/*; do $(FRESH)/bin/margin text "$$article" >/dev/null || exit 1; done
	@rm -rf $(FRESH)

test-installers:
	.ci/installers $(PYTHON)

bench: $(VENV)/ready-dev
	$(BIN)/python -m tests.benchmarks

fuzz: $(VENV)/ready-dev
	$(BIN)/python -m tests.fuzzing --minutes $(MINUTES)

mutants: $(VENV)/ready-dev
	$(BIN)/python -m tests.mutation --number $(NUMBER) $(SEED:%=--seed %) $(PACKAGE:%=--package %)

screenshots: $(VENV)/ready-dev
	$(BIN)/python -m tests.screenshots docs/images

lock: $(VENV)/ready-dev
	$(BIN)/python .ci/lock.py

clean:
	rm -rf $(VENV) .venv-* .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .mutants dist build

$(VENV)/bin/pip $(FLOOR)/bin/pip: %/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Margin needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $* || \
		{ rm -rf $*; echo "Python could not make a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

$(VENV)/ready: pyproject.toml $(LOCK) | $(VENV)/bin/pip
	@echo "Setting up Margin (once) ..."
	@$(BIN)/$(PIP) --constraint $(LOCK) --editable '.[pdf,warc]'
	@touch $@

$(VENV)/ready-dev: pyproject.toml $(LOCK) | $(VENV)/bin/pip
	$(BIN)/$(PIP) --requirement $(LOCK)
	$(BIN)/$(PIP) --no-deps --no-build-isolation --editable .
	@touch $(VENV)/ready $@

$(FLOOR)/ready: pyproject.toml $(LOCK) $(OLDEST) | $(FLOOR)/bin/pip
	$(FLOOR)/bin/$(PIP) --requirement $(OLDEST)
	grep -E '^($(shell echo $(TESTING) | tr ' ' '|'))==' $(LOCK) | xargs $(FLOOR)/bin/$(PIP)
	$(FLOOR)/bin/$(PIP) --no-deps --editable .
	@touch $@
