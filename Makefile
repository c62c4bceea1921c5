# Everything a person runs. `make help` lists it.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
RUNTIME := .venv/.runtime-installed
# The tests start the portal hundreds of times: what Python has compiled once is kept.
TESTED := env -u PYTHONDONTWRITEBYTECODE
DEVELOPMENT := .venv/.development-installed

.DEFAULT_GOAL := help
.PHONY: help install run test test-long check format catalogs bench lock ready-to-test

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

install: $(RUNTIME) ## Make .venv with what the portal needs, from the lock

run: $(RUNTIME) ## Start the portal with its demo world, at http://127.0.0.1:8000
	@DEMO=$${DEMO:-1} exec $(BIN)/python -m portal.server.supervisor

test: ready-to-test ## Run the tests on both engines and in a browser
	@$(TESTED) $(BIN)/python -m pytest

test-long: ready-to-test ## Run the long rounds as well
	@$(TESTED) $(BIN)/python -m pytest -m "long or not long"

check: $(DEVELOPMENT) ## Lint, format, types, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m translations check

format: $(DEVELOPMENT) ## Put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

catalogs: $(DEVELOPMENT) ## Bring the catalogs of sentences up to date with the code
	@$(BIN)/python -m translations

bench: $(DEVELOPMENT) ## Measure, in ratios to a hello world
	@$(BIN)/python -m bench $(ARGS)

lock: $(DEVELOPMENT) ## Renew the locks from requirements*.in
	$(BIN)/pip install -q pip-tools
	$(BIN)/pip-compile -q --upgrade $(LOCK_OPTIONS) -o requirements.lock requirements.in
	$(BIN)/pip-compile -q --upgrade $(LOCK_OPTIONS) -c requirements.lock -o requirements-dev.lock requirements-dev.in

LOCK_OPTIONS := --generate-hashes --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

ready-to-test: $(DEVELOPMENT)
	@$(TESTED) $(BIN)/python -m compileall -q -j 0 portal migrations tests/support  # Once, and not by each of the processes that run the tests.
	@$(BIN)/python -m tests.support.browser_install
	@$(BIN)/python -m tests.support.proxy_install

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'The portal needs Python 3.11 or newer; name one with: make PYTHON=python3.11 …'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo 'Python cannot make an environment here. On Debian: apt-get install python3-venv'; exit 1; }
	@$(PYTHON) -m venv .venv

$(RUNTIME): requirements.lock | $(BIN)/pip
	@echo 'Installing what the portal needs …'
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(DEVELOPMENT): requirements-dev.lock $(RUNTIME)
	@echo 'Installing what the tests need …'
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
