# Every target first makes the environment it needs; a warm one costs nothing.
# PEOPLE=n and SERVE=0 before `make demo` shrink it and stop it before serving.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help house env demo test check lint types contracts migrations rules bench new-domain clean

# A moved checkout has another name here, so that its environment is made anew.
HERE := $(shell pwd | cksum | cut -d' ' -f1)
PACKAGES := .venv/.packages-$(HERE)
ASSETS := node_modules/.picked
CATALOGUES := .venv/.catalogues
BROWSER := .venv/.browser
TRANSLATIONS := $(shell find src -name '*.po' 2>/dev/null)
PYTEST := .venv/bin/pytest -n 2 --dist loadgroup

help: ## show this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' Makefile | expand -t 18

env: house $(BROWSER) ## prepare everything, run nothing
	@:

demo: house ## two seasons, the reform, the half-year review, then http://localhost:8000
	@.venv/bin/muster demo

test: env ## every test, browser journeys included
	@MUSTER_CHROMIUM="$$(cat $(BROWSER))" $(PYTEST)

check: house ## lint, types, contracts, migrations, rules: about 20 seconds
	@$(MAKE) --no-print-directory --output-sync --jobs=2 types rules lint contracts migrations

bench: house ## measure what the house promises
	@tools/env/python --group bench
	@tools/bench/run

new-domain: house ## NAME=cemeteries: a new slice, complete and green
	@.venv/bin/python tools/new_domain.py "$(NAME)"

clean: ## remove what `make env` made; data stays in .muster
	rm -rf .venv .uv node_modules src/muster/shell/static/vendor src/muster/shell/fonts
	find src -name '*.mo' -delete

# The parts of `check`

lint:
	@.venv/bin/ruff check --quiet && .venv/bin/ruff format --check --quiet && echo "lint: clean"

types:
	@.venv/bin/mypy --no-error-summary && echo "types: sound"

contracts:
	@.venv/bin/lint-imports --no-logo | tail -n 4

migrations:
	@DJANGO_SETTINGS_MODULE=muster.config.settings \
	  .venv/bin/django-admin makemigrations --check --dry-run

rules:
	@.venv/bin/pytest -q --no-header src/muster/kernel tests/kernel tests/test_architecture.py \
	  $$(find src -path '*/tests/test_rules*.py')

# The parts of `env`

house: $(PACKAGES) $(ASSETS) $(CATALOGUES)

$(PACKAGES): pyproject.toml uv.lock tools/env/python
	@tools/env/python
	@rm -f .venv/.packages-* && touch $@

$(ASSETS): package-lock.json src/muster/shell/assets.py | $(PACKAGES)
	@echo "env: files for pages and papers"
	@.venv/bin/python -m muster.shell.assets
	@touch $@

$(CATALOGUES): $(TRANSLATIONS) | $(PACKAGES)
	@echo "env: translations"
	@.venv/bin/python -m muster.shell.catalogues
	@touch $@

$(BROWSER): | $(PACKAGES)
	@tools/env/browser > $@.draft && mv $@.draft $@
