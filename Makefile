# Every target sets up what it needs. See docs/operations/.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:
.PHONY: help setup demo test check bench pdf messages format clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTEST_WORKERS ?= 2
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help:
	@echo "make demo      run everything on this machine, with demo data (PORT, HOST, DEMO_PASSWORD, RESET=1)"
	@echo "make test      all tests, the browser journeys included"
	@echo "make check     linters, migrations, translations, deployment settings"
	@echo "make bench     measurements as JSON lines"
	@echo "make pdf       build/summary.pdf, a summary of the demo data"
	@echo "make messages  bring locale/ in line with the sources"
	@echo "make format    let ruff lay out the Python sources"
	@echo "make setup     only the virtual environment and the system libraries"
	@echo "make clean     remove what was built; data in var/ stays"

setup: $(READY)
	@$(BIN)/python -m core.system_libraries

$(READY): requirements.txt requirements-dev.txt
	@if ! "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
		echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 ..." >&2; exit 1
	fi
	if [ ! -x $(BIN)/python ]; then
		echo "Making the virtual environment"
		"$(PYTHON)" -m venv $(VENV) || { echo "On Debian: sudo apt-get install python3-venv" >&2; exit 1; }
	fi
	echo "Installing the packages of requirements-dev.txt"
	$(BIN)/python -m pip install -qq --no-input --requirement requirements-dev.txt
	touch $@

demo: setup
	@exec $(BIN)/python -m core.embedded.demo --with-parent

test: $(READY)
	@$(BIN)/python -m core.system_libraries --browser
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS) $(ARGS)

check: setup
	@export DJANGO_SETTINGS_MODULE=config.settings.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	DJANGO_SETTINGS_MODULE=config.settings.demo $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check_translations
	$(BIN)/python -m tests.support.production_settings
	echo "all checks passed"

bench: setup
	@exec $(BIN)/python -m tests.benchmarks $(ARGS)

pdf: setup
	@mkdir -p build
	$(BIN)/python manage.py demo_summary_pdf --output build/summary.pdf

messages: setup
	@DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py update_catalogues

format: $(READY)
	@$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

clean:
	@rm -rf build staticfiles .pytest_cache .ruff_cache var/test-clusters
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
