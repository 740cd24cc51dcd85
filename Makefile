# Two commands do everything on a machine with Python 3.11+, make and git: `make demo` and `make test`.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CMIC_SHARED ?= ../shared
export CMIC_SHARED
# The tests' own bytecode is kept wherever a run may write, whatever the shell says: without it each rerun compiles them.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help demo test quick coverage lint format types contracts quality browser bench docs wheel sample constraints clean

help: ## what there is
	@grep -hE '^[a-z]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 14

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.core: $(VENV)/.made constraints.txt pyproject.toml
	$(PIP) --require-hashes -r constraints.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src  # where bytecode is not written at a first run, no run must wait for it
	@touch $@

$(VENV)/.dev: $(VENV)/.core constraints-dev.txt
	$(PIP) --require-hashes -r constraints-dev.txt
	@touch $@

demo: $(VENV)/.core ## screen the sample book: findings on the terminal, an Excel report in build/demo
	@mkdir -p build/demo
	@rm -f build/demo/report.xlsx build/demo/record.json
	@$(BIN)/cmic-screen screen samples/advisory_book.xlsx samples/second_custodian.csv --no-history \
		--out build/demo/report.xlsx --json build/demo/record.json; code=$$?; \
	if [ $$code -ne 10 ]; then echo "demo: expected exit 10 (something prohibited), got $$code" >&2; exit 1; fi
	@echo "The report: build/demo/report.xlsx (exit code of the screening: 10, something is prohibited, as expected)"

test: $(VENV)/.dev ## every test, on a machine of its own
	@sh tools/browser.sh
	$(PYTEST) --numprocesses 2 --dist worksteal

quick: $(VENV)/.dev ## what a developer reruns, in under a minute
	$(PYTEST) --numprocesses 2 --dist worksteal -m "not slow and not browser and not quality"

coverage: $(VENV)/.dev ## which lines and branches the tests run; modules that are run whole are left out
	$(PYTEST) --numprocesses 2 --dist worksteal --cov --cov-report=term-missing:skip-covered -m "not browser and not quality"

lint: $(VENV)/.dev ## ruff, both ways
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.dev ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.dev ## mypy --strict
	$(BIN)/mypy

contracts: $(VENV)/.dev ## one direction of imports
	$(BIN)/lint-imports

quality: $(VENV)/.dev ## measured accuracy on the labelled names
	$(BIN)/python -m benchmarks.quality

browser: $(VENV)/.dev ## the page, in a real browser
	@sh tools/browser.sh
	$(BIN)/python -m pytest -m browser

bench: $(VENV)/.dev ## speed and memory, as ratios within one run
	$(BIN)/python -m benchmarks

docs: $(VENV)/.dev ## build the pages (`make test` checks that their generated parts are current)
	$(BIN)/zensical build --strict

wheel: $(VENV)/.dev ## build the wheel, install it in an empty environment, run it
	@sh tools/try_wheel.sh $(BIN)/python

constraints: ## compile the pins anew (versions and hashes, no addresses)
	sh tools/constraints.sh

clean: ## remove what was built
	rm -rf build dist site .mypy_cache .pytest_cache .ruff_cache
