# Everything needed is set up by itself: a local .venv, and uv inside it when the machine has none.
.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench clean

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
READY := .venv/.ready
BIN := .venv/bin

help:  ## Show the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

setup: $(READY)  ## Make .venv with everything in uv.lock

$(READY): pyproject.toml uv.lock
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新版本 (Python 3.11+ is needed)" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv >&2
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv >&2
	@VIRTUAL_ENV="$(CURDIR)/.venv" $(BIN)/uv sync --frozen --inexact --quiet --python $(BIN)/python >&2
	@touch $@

run: $(READY)  ## Run the bot (arguments: make run ARGS="-c config.yaml")
	@$(BIN)/laoyou run $(ARGS)

test: $(READY)  ## Run all tests
	@$(BIN)/python -m pytest -n auto $(ARGS)

check: $(READY)  ## Format, lint, types and import arrows
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY)  ## Put the code in shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY)  ## Match quality on the data in bench/data
	@for set in bench/data/*/; do $(BIN)/laoyou eval $$set || exit $$?; done

clean:  ## Remove the virtual environment and caches
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
