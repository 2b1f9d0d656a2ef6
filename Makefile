# Everything needed is set up by itself: a local .venv, and uv inside it when the machine has none.
.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench pictures clean

# 3.15 has to wait until the packages in uv.lock are there for it.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && echo $$p && break; done)
# What the bot needs; and what tests and checks need as well.
RUNS := .venv/.runs
READY := .venv/.ready
BIN := .venv/bin
BENCH_READY := .venv-bench/.ready

help:  ## 列出这些命令
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Who runs the bot later may not write here, so what starts keep beside bytecode is made now.
setup: $(RUNS)  ## 按 uv.lock 装好老友要用的 .venv（其他命令会先做这一步，测试和检查用的由它们自己再装）

$(RUNS): pyproject.toml uv.lock
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 到 3.14 (Python 3.11 to 3.14 is needed)" >&2; exit 2; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv .venv >&2
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv >&2
	@VIRTUAL_ENV="$(CURDIR)/.venv" $(BIN)/uv sync --frozen --inexact --no-dev --quiet --python $(BIN)/python >&2
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -c "import bot.start, matching; matching.Analyser()"
	@touch $@

$(READY): $(RUNS)
	@VIRTUAL_ENV="$(CURDIR)/.venv" $(BIN)/uv sync --frozen --inexact --quiet --python $(BIN)/python >&2
	@touch $@

run: $(RUNS)  ## 启动老友（参数写在 ARGS 里：make run ARGS="-c 别的.yaml"）
	@$(BIN)/laoyou run $(ARGS)

# The tests start dozens of processes: each module is compiled once, not in every one of them,
# whatever the shell says about bytecode.
test: $(READY)  ## 跑全部测试
	@PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/.bytecode \
		$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

check: $(READY)  ## 检查格式、代码、类型和依赖方向
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY)  ## 整理代码格式
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY) $(BENCH_READY)  ## 衡量匹配质量、网页的快慢，并与一个普通机器人并排比较（六分钟）
	@for set in bench/data/*/; do $(BIN)/laoyou eval $$set || exit $$?; done
	@$(BIN)/python -m bench.web_pages
	@$(BIN)/python -m bench.beside $(ARGS)

# What is measured beside the bot has an environment of its own: the bot's stays as it is.
$(BENCH_READY): $(READY)
	@UV_PROJECT_ENVIRONMENT=.venv-bench $(BIN)/uv sync --frozen --only-group bench --quiet --python $(BIN)/python >&2
	@touch $@

pictures: $(READY)  ## 重新截取文档里的图片（docs/images）
	@LAOYOU_PICTURES="$(CURDIR)/docs/images" $(BIN)/python -m pytest -q -m browser $(ARGS)

clean:  ## 删掉虚拟环境和缓存
	@rm -rf .venv .venv-bench .bytecode .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
