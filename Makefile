# make read   set up, and open a sample article
# make test   set up for development, and run every check
# make bench  measure speed and memory; prints a table
# make screenshots  draw the README's pictures from the real program

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARTICLE ?= sample_articles/the-quiet-ledger.txt
LOCK := .ci/requirements.lock

.PHONY: read test check bench screenshots lock clean

read: $(VENV)/ready
	@$(BIN)/margin $(ARTICLE)

test: check
	$(BIN)/pytest -n 2

check: $(VENV)/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/ready-dev
	$(BIN)/python -m tests.benchmarks

screenshots: $(VENV)/ready-dev
	$(BIN)/python -m tests.screenshots docs/images

lock: $(VENV)/ready-dev
	$(BIN)/python .ci/lock.py $(LOCK)

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist build

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Margin needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Python could not make a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

$(VENV)/ready: pyproject.toml $(LOCK) | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint $(LOCK) --editable .
	@touch $@

$(VENV)/ready-dev: pyproject.toml $(LOCK) | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement $(LOCK)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(VENV)/ready $@
