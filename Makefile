# 职工之家: two commands. `make run` starts the house, `make test` is all a change must pass.
# Needs Python 3.11 or newer and make; everything else lands in .venv and media/.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
MANAGE := $(PY) manage.py
MESSAGES := cms/locale/zh_Hans/LC_MESSAGES
PYTEST_ARGS ?= -n 2
STEP = @printf '\n\033[1m== %s\033[0m\n'

export PORT
export PYTHONUNBUFFERED = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run setup test verify tests drills test-postgres bench lock clean help

help: ## What there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: export DJANGO_SETTINGS_MODULE = cms.settings.base
run: export DEMO ?= 1
run: export LOG_FORMAT ?= plain
run: export LOG_LEVEL ?= WARNING
run: export BASE_URL ?= http://127.0.0.1:$(PORT)
run: setup ## Set everything up, load the demo, serve http://127.0.0.1:8000
	@$(MANAGE) prepare
	@exec $(MANAGE) up

setup: $(VENV)/.run $(MESSAGES)/django.mo staticfiles/.collected

$(VENV)/.venv:
	$(STEP) "准备 Python 环境 · Preparing Python"
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "缺少 $(PYTHON)：请安装 Python 3.11 或更新的版本。 Missing $(PYTHON): install Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) 太旧：需要 Python 3.11 或更新的版本，例如 make PYTHON=python3.12 run。 $(PYTHON) is too old: Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "缺少 venv：Debian/Ubuntu 上请运行 apt install python3-venv。 The venv module is missing: on Debian/Ubuntu run apt install python3-venv."; exit 1; }
	@touch $@

$(VENV)/.run: $(VENV)/.venv requirements.lock
	$(STEP) "安装依赖（首次约一分钟） · Installing packages (about a minute the first time)"
	@$(PY) -m pip install -q --no-deps --require-hashes -r requirements.lock || { echo "依赖没有装全：请检查网络后重试。 The packages could not be installed: check the network and try again."; exit 1; }
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	$(STEP) "安装测试工具 · Installing test tools"
	@$(PY) -m pip install -q --no-deps --require-hashes -r requirements-dev.lock || { echo "测试工具没有装全：请检查网络后重试。 The test tools could not be installed: check the network and try again."; exit 1; }
	@touch $@

$(MESSAGES)/django.mo: $(VENV)/.run $(MESSAGES)/django.po $(MESSAGES)/djangojs.po
	$(STEP) "编译界面文字 · Compiling the catalogue"
	@$(MANAGE) catalogue --compile
	@touch $@

staticfiles/.collected: $(VENV)/.run $(shell find cms/static home/static -type f 2>/dev/null)
	$(STEP) "收集样式和脚本 · Collecting static files"
	@$(MANAGE) collectstatic --noinput --clear -v 0
	@touch $@

test: verify tests drills ## Everything a change must pass

verify: $(VENV)/.dev $(MESSAGES)/django.mo ## Lint, types, imports, templates, catalogue, settings
	$(STEP) "检查代码 · Lint"
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check -q .
	$(STEP) "检查模板 · Templates"
	@$(VENV)/bin/djhtml --check --tabwidth 2 $$(git ls-files '*.html')
	@$(VENV)/bin/djlint --lint --quiet .
	$(STEP) "检查依赖方向 · Imports"
	@$(VENV)/bin/lint-imports --no-cache | tail -n 4
	$(STEP) "检查类型 · Types"
	@$(VENV)/bin/mypy
	$(STEP) "检查界面文字和迁移 · Catalogue and migrations"
	@$(MANAGE) catalogue --check
	@DJANGO_SETTINGS_MODULE=cms.settings.test $(MANAGE) makemigrations --check --dry-run

tests: $(VENV)/.dev $(MESSAGES)/django.mo ## The test suite, browser journeys included
	$(STEP) "测试 · Tests"
	@$(VENV)/bin/pytest $(PYTEST_ARGS) -m "not drill"

drills: $(VENV)/.dev $(MESSAGES)/django.mo ## Kill, flood and corrupt on purpose
	$(STEP) "演练 · Drills"
	@$(VENV)/bin/pytest $(PYTEST_ARGS) --dist loadfile -m drill

test-postgres: $(VENV)/.dev $(MESSAGES)/django.mo ## The whole suite on PostgreSQL (DATABASE_URL, or Debian's own)
	$(STEP) "在 PostgreSQL 上测试 · Tests on PostgreSQL"
	@$(PY) -m tests.services.postgresql $(VENV)/bin/pytest $(PYTEST_ARGS)

bench: $(VENV)/.dev $(MESSAGES)/django.mo staticfiles/.collected ## Measure: CPU, SQL and bytes beside a bare Django view
	@$(PY) -m tests.bench

lock: $(VENV)/.dev ## Pin every package with hashes after a change of pyproject.toml
	@$(VENV)/bin/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-annotate --no-header pyproject.toml -o requirements.lock
	@$(VENV)/bin/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-annotate --no-header --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## Remove what setup made; your data in media/ stay
	@rm -rf $(VENV) staticfiles $(MESSAGES)/*.mo
