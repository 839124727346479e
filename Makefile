# Everything sets itself up: `make serve` and `make test` need Python 3.11+ with venv and a network, nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.ready-run
DEV_READY := $(VENV)/.ready-dev
# What of the frontend is read by its build; the stamp is younger than all of it.
FRONTEND := $(shell find frontend -name node_modules -prune -o -type f -print)
FRONTEND_READY := frontend/node_modules/.ready
COMUNICA := tests/clients/comunica
COMUNICA_READY := $(COMUNICA)/node_modules/.ready
BUILT := src/clipgraph/pages/static/built/manifest.json
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: help serve publish validate frontend browser engines apache loaders bench test test-hostile test-clients test-conformance conformance check format docs messages lock dist clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

# The time of downloads is printed apart: it depends on the network, not on us.
define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "clipgraph needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V). Name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "$(PYTHON) cannot make a virtual environment; on Debian: apt install python3-venv" >&2; exit 2; }
	@echo "downloading what clipgraph depends on …" >&2
	@start=$$(date +%s); $(BIN)/python -m pip download -qq --disable-pip-version-check -d $(VENV)/wheels -r $(1) && \
	  echo "downloading took $$(($$(date +%s) - start)) s" >&2
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-index --find-links $(VENV)/wheels --no-deps -r $(1)
endef

# Its build tools are in the lock, so that nothing is fetched here.
define link
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-index --no-build-isolation --no-deps -e .
	@rm -rf $(VENV)/wheels
endef

$(RUN_READY): requirements.lock pyproject.toml
	$(call install,requirements.lock)
	$(call link)
	@touch $@

$(DEV_READY): requirements-dev.lock pyproject.toml
	$(call install,requirements-dev.lock)
	$(call link)
	@touch $@ $(RUN_READY)

serve: $(RUN_READY) ## publish the project's files and serve them (HOST=, PORT=)
	@$(BIN)/clipgraph publish
	@exec $(BIN)/clipgraph serve --host $(HOST) --port $(PORT)

publish: $(RUN_READY) ## make the project's files the current release
	@$(BIN)/clipgraph publish

validate: $(RUN_READY) ## check ontology/, shapes/ and data/
	@$(BIN)/clipgraph validate

frontend: $(BUILT) ## build the islands of script; pages work without them

$(FRONTEND_READY): frontend/package.json frontend/package-lock.json $(DEV_READY)
	@echo "downloading what the frontend is built with …" >&2
	@frontend/npm $(VENV) ci --no-fund --no-audit --loglevel=error
	@touch $@

$(BUILT): $(FRONTEND) $(FRONTEND_READY)
	frontend/npm $(VENV) run -s build -- --logLevel warn
	@touch $@

browser: ## install chromium for the browser tests, where it is missing and apt-get may; else they skip
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; } || \
	  echo "no chromium, and only root can install it by apt-get: the browser tests will skip" >&2

apache: ## install Apache for the test of the redirects of w3id.org, where it is missing and apt-get may; else that skips
	@{ command -v apache2 || test -x /usr/sbin/apache2; } >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends apache2-bin >/dev/null; } || \
	  echo "no apache2, and only root can install it by apt-get: the test of the redirects will skip" >&2

test: check $(BUILT) browser engines apache ## all tests, after the checks
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadgroup --ignore tests/hostile --ignore tests/clients $(or $(ARGS),--ignore tests/conformance)
	$(if $(ARGS),,$(BIN)/python -m pytest -q tests/conformance)

test-hostile: $(DEV_READY) ## good queries among cross joins, memory bombs, hang-ups, half-open connections
	$(BIN)/python -m pytest -s tests/hostile $(ARGS)

engines: ## install Virtuoso and Jena for the tests with other engines, where they are missing and apt-get may; else these skip
	@{ command -v virtuoso-t && command -v java && test -e /usr/share/java/jena-cmds.jar; } >/dev/null || \
	  { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends virtuoso-opensource-7 libapache-jena-java default-jre-headless >/dev/null; } || \
	  echo "no Virtuoso or no Jena, and only root can install them by apt-get: tests with them will skip" >&2

$(COMUNICA_READY): $(COMUNICA)/package.json $(COMUNICA)/package-lock.json $(DEV_READY)
	@echo "downloading Comunica …" >&2
	@{ frontend/npm $(VENV) --prefix ../$(COMUNICA) ci --no-fund --no-audit --loglevel=error && touch $@; } || \
	  echo "Comunica was not installed: tests with it will skip" >&2

test-clients: $(DEV_READY) $(COMUNICA_READY) engines ## other engines ask us with SERVICE and we ask them; clients read every format
	$(BIN)/python -m pytest tests/clients $(ARGS)

loaders: ## install wrk and Virtuoso for the measurements, where they are missing and apt-get may
	@{ command -v wrk && command -v virtuoso-t && command -v isql-vt; } >/dev/null || \
	  { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends wrk virtuoso-opensource-7 >/dev/null; } || \
	  echo "no wrk or no Virtuoso, and only root can install them by apt-get" >&2

bench: $(DEV_READY) loaders ## measure beside peers: table and plots in benchmarks/results/ (PARTS= for some; 40 minutes for all)
	$(BIN)/python benchmarks/bench.py $(PARTS)

test-conformance: $(DEV_READY) ## the W3C's suites and the protocols, over HTTP
	$(BIN)/python -m pytest tests/conformance $(ARGS)

conformance: $(DEV_READY) ## write docs/conformance.md and build/conformance-earl.ttl anew
	CLIPGRAPH_WRITE_CONFORMANCE=1 CLIPGRAPH_REQUIRE_ALL=1 $(BIN)/python -m pytest -q tests/conformance

check: $(DEV_READY) $(FRONTEND_READY) ## format, lint, types, layers, Turtle
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	frontend/npm $(VENV) run -s check
	$(BIN)/clipgraph tidy --check
	$(BIN)/clipgraph validate

format: $(DEV_READY) $(FRONTEND_READY) ## bring code and Turtle into the house's form
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	frontend/npm $(VENV) run -s format
	$(BIN)/clipgraph tidy

messages: $(DEV_READY) ## bring the pages' catalogues up to date with their templates
	@mkdir -p build
	$(BIN)/pybabel -q extract -F pyproject.toml -k N_ -k worded --omit-header --no-location --sort-output -o build/messages.pot .
	@for catalogue in src/clipgraph/pages/catalogues/*.po; do \
	  $(BIN)/pybabel -q update -i build/messages.pot -o $$catalogue -l $$(basename $$catalogue .po) \
	    --omit-header --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 120; done

docs: $(DEV_READY) ## make the pages that are made: docs/settings.md
	$(BIN)/clipgraph settings > docs/settings.md

lock: ## take newer versions of what we depend on
	$(PYTHON) -m venv $(VENV)-lock && $(VENV)-lock/bin/python -m pip install -q uv
	$(VENV)-lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group build -o requirements.lock pyproject.toml
	$(VENV)-lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group build --group dev -o requirements-dev.lock pyproject.toml
	rm -rf $(VENV)-lock

dist: $(DEV_READY) $(BUILT) ## a wheel and a source archive in dist/
	$(BIN)/python -m hatchling build

clean: ## take away what is made: environment, releases, builds
	rm -rf $(VENV) var dist build frontend/node_modules $(COMUNICA)/node_modules src/clipgraph/pages/static/built .mypy_cache .ruff_cache .pytest_cache
