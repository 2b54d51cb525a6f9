# Each target is one line and is what CI runs. `make` alone prints them.
export UV_PYTHON_DOWNLOADS := never
PYTHON ?= python3
BIN := .venv/bin
RUN := .venv/.run
DEV := .venv/.dev
LOCALE := src/mithaq/node/console/locale

help: ## print all targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(RUN) ## virtual environment, locked dependencies, .venv/bin/mithaq

check: $(DEV) ## ruff, mypy --strict, import contracts, writes in one place
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache && $(BIN)/python -m tests.lint

fix: $(DEV) ## mend what ruff can mend
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

test: $(DEV) ## the whole suite, browser tests included
	@tests/browser/need-chromium && $(BIN)/python -m pytest -n 2 --no-loadscope-reorder -m "not long"

test-long: $(DEV) ## what takes minutes: fuzzing, fault campaigns, many seeds
	@tests/browser/need-chromium && $(BIN)/python -m pytest -n 2 --no-loadscope-reorder -m long

bench: $(DEV) ## measure, in pairs; ONLY=PREFIX for some
	@$(BIN)/python -m bench $(ONLY)

docs: $(DEV) ## check the documents: commands, links, acts
	@$(BIN)/python -m pytest -q tests/docs

demo: $(RUN) ## two nodes, one signed plan, a wanted person at a border post; ONCE=1 ends after it
	@$(BIN)/python -m examples.demo $(if $(ONCE),--once)

serve: $(RUN) ## a node of your own: make serve CONFIG=node.toml
	@$(BIN)/mithaq node serve --config $(CONFIG)

lock: $(RUN) ## write the lock files anew
	@for set in run dev; do $(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --group build $$([ $$set = dev ] && echo --group dev -c requirements/run.lock) -o requirements/$$set.lock; done

.venv/.installed: requirements/uv.lock requirements/run.lock pyproject.toml
	@echo "setting up .venv (once)" >&2
	@$(PYTHON) -m venv .venv && $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.lock >&2
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/run.lock && $(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(RUN): .venv/.installed $(wildcard src/mithaq/screening/kernel*.py) $(wildcard $(LOCALE)/*/LC_MESSAGES/django.po)
	@$(BIN)/pybabel -q compile -d $(LOCALE) -D django
	@$(BIN)/python -m mithaq.screening.kernel
	@touch $@

$(DEV): .venv/.installed requirements/dev.lock | $(RUN)
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/dev.lock
	@touch $@

.PHONY: help setup check fix test test-long bench docs demo serve lock
.DEFAULT_GOAL := help
