# Everything one does here, by name. `make` alone lists it.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
UV := $(VENV)/bin/uv
ARGS ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test test-sqlite test-postgres coverage browser sdk fuzz fuzz-sqlite fuzz-postgres torture bench \
        check lint format templates types imports deploy docs locks clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

setup: $(VENV)/.test ## install what `run` and `test` need
run: $(VENV)/.run ## serve on http://127.0.0.1:8000, with a first account on the first start
	@exec $(RUN) -m tools.run

test: $(VENV)/.test ## the whole suite but browser tests, on SQLite and PostgreSQL (ARGS="-k word")
	@$(RUN) -m tools.test $(ARGS)
test-sqlite: $(VENV)/.test ## the suite on SQLite alone
	@$(RUN) -m tools.test --only sqlite $(ARGS)
test-postgres: $(VENV)/.test ## the suite on PostgreSQL alone
	@$(RUN) -m tools.test --only postgresql $(ARGS)
coverage: $(VENV)/.test ## the suite on SQLite, with the lines it does not reach
	@$(RUN) -m tools.test --only sqlite --cov --cov-report=term $(ARGS)
browser: $(VENV)/.test ## the tests in a real Chromium (CHROMIUM=/path/to/it)
	@$(RUN) -m tools.browser $(ARGS)
sdk: $(VENV)/.test ## the official SDK against a server of its own; needs node
	@tools/sdk/run $(ARGS)
fuzz: fuzz-sqlite fuzz-postgres ## whatever the OpenAPI document allows and forbids, on both databases, for a minute or two
fuzz-sqlite: $(VENV)/.test
	@$(RUN) -m tools.fuzz $(ARGS)
fuzz-postgres: $(VENV)/.test
	@$(RUN) -m tools.postgres $(RUN) -m tools.fuzz $(ARGS)
torture: $(VENV)/.test ## slow proofs: every test on both databases, long ones too, then 100,000 requests on each
	@SHARE=0 $(RUN) -m tools.test -m "not browser"
	@$(MAKE) fuzz ARGS="--requests 100000 $(ARGS)"
bench: $(VENV)/.test ## what a request costs beside others, on PostgreSQL (ARGS="--rows 10000" for a quick one)
	@$(RUN) -m tools.postgres $(RUN) -m tools.bench $(ARGS)

check: lint templates types imports deploy ## everything that reads the code without running the suite
lint: $(VENV)/.test ## ruff: rules and format
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
format: $(VENV)/.test ## put code and templates into shape
	@$(RUN) -m ruff check --fix-only .
	@$(RUN) -m ruff format .
	@$(VENV)/bin/djade --target-version 5.2 $(TEMPLATES)
templates: $(VENV)/.test ## djade: the shape of the templates
	@$(VENV)/bin/djade --check --target-version 5.2 $(TEMPLATES)
types: $(VENV)/.test ## mypy
	@$(RUN) -m mypy
imports: $(VENV)/.test ## import contracts: the core one way, faces on top
	@$(VENV)/bin/lint-imports --no-logo --cache-dir var/cache/import-linter
deploy: $(VENV)/.test ## Django's own checks under production settings, and migrations that match the models
	@$(RUN) -m tools.production manage.py check --deploy --fail-level WARNING
	@$(RUN) -m tools.production manage.py makemigrations --check --dry-run

docs: $(VENV)/.test ## write who may do what into docs/actions.md, from the policy
	@$(RUN) -m tools.actions

locks: $(VENV)/.made ## write requirements*.txt anew from requirements*.in
	@for name in requirements requirements-dev tools/uv; do \
	  $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	    --custom-compile-command "make locks" $(ARGS) $$name.in -o $$name.txt || exit 1; done

clean: ## remove the environment and the caches; keep the database and its secrets
	rm -rf $(VENV) var/cache var/test

TEMPLATES = $(shell find . -path ./$(VENV) -prune -o -path ./var -prune -o -name '*.html' -print)

# -- The environment. Each stamp is written last, so that half an environment counts as none. Where uv cannot
#    reach its index (a mirror that only pip was told of), pip does the same, more slowly.

install = $(UV) pip sync -q --python $(RUN) --require-hashes $(subst -r ,,$(1)) || \
  $(RUN) -m pip install -qq --disable-pip-version-check --require-hashes $(1)

$(VENV)/.made: tools/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Python 3.11 or newer is needed; name one: make PYTHON=python3.11 $(MAKECMDGOALS)' >&2; exit 1; }
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || \
	  { rm -rf $(VENV); echo 'Python lacks its venv module; this installs it: sudo apt-get install -y python3-venv' >&2; exit 1; }
	@$(RUN) -m pip install -qq --disable-pip-version-check --require-hashes -r tools/uv.txt || { rm -rf $(VENV); exit 1; }
	@touch $@

$(VENV)/.run: requirements.txt $(VENV)/.made
	@rm -f $(VENV)/.test
	@$(call install,-r requirements.txt)
	@touch $@

$(VENV)/.test: requirements.txt requirements-dev.txt $(VENV)/.made
	@$(call install,-r requirements.txt -r requirements-dev.txt)
	@touch $(VENV)/.run $@
