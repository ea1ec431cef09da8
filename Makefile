# Every target works in a folder whose path holds spaces. VENV= names another checkout's .venv.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# A virtual environment is as good as the lock file it was made from.
RUN_STAMP := $(VENV)/.requirements
DEV_STAMP := $(VENV)/.requirements-dev
TESTS ?=

.DEFAULT_GOAL := help
.PHONY: help run dev test test-all lint translations lock bench backup restore run-environment dev-environment browser

help:  ## what can be made
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

run: run-environment  ## serve the archive on http://127.0.0.1:$PORT (8000 unless set)
	@exec "$(BIN)/python" manage.py serve

dev: dev-environment  ## development server that reloads what changes
	@"$(BIN)/python" manage.py migrate --verbosity 0
	@DEBUG=1 exec "$(BIN)/python" manage.py runserver "$${HOST:-127.0.0.1}:$${PORT:-8000}"

test: dev-environment browser  ## the tests, in under ten minutes
	"$(BIN)/python" -m pytest -n auto --dist loadgroup -m "not slow" $(TESTS)

test-all: dev-environment browser  ## the long tests too
	"$(BIN)/python" -m pytest -n auto --dist loadgroup $(TESTS)

lint: dev-environment  ## style, types, forgotten migrations, untranslated words
	"$(BIN)/ruff" check
	"$(BIN)/ruff" format --check
	"$(BIN)/mypy"
	"$(BIN)/python" manage.py makemigrations --check --dry-run
	"$(BIN)/python" -m tests.interface_words
	"$(BIN)/python" -m tests.translations

translations: dev-environment  ## bring translations in step: make translations [FROM=other.po]
	"$(BIN)/python" -m tests.translations --write $(FROM)

bench: dev-environment  ## pages at three sizes beside their SQL and Datasette: make bench [SIZES="10000 200000"]
	"$(BIN)/python" -m bench $(if $(SIZES),--sizes $(SIZES))

backup: run-environment  ## the whole archive in one file: make backup [FILE=...]
	@exec "$(BIN)/python" manage.py backup $(if $(FILE),"$(FILE)")

restore: run-environment  ## the same archive back: make restore FILE=...
	@test -n "$(FILE)" || { echo "make restore FILE=... names the file to restore" >&2; exit 2; }
	@exec "$(BIN)/python" manage.py restore "$(FILE)"

# Extras stay written out: older pips take a newer release for `name[extra]` than for `name`.
lock: dev-environment  ## choose the newest versions and write the lock files anew
	"$(BIN)/uv" pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-annotate --no-header --no-strip-extras \
		--output-file requirements.lock pyproject.toml
	"$(BIN)/uv" pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-annotate --no-header --no-strip-extras \
		--group dev --constraint requirements.lock \
		--output-file requirements-dev.lock pyproject.toml

# The checksum, not the time: a clone's files are all of the same moment.
define install
	@sum="$$(cksum < "$(1)")"; \
	if [ "$$(cat "$(2)" 2>/dev/null)" != "$$sum" ]; then \
		set -e; \
		test -x "$(BIN)/python" || "$(PYTHON)" -m venv "$(VENV)"; \
		"$(BIN)/python" -m pip install --quiet --disable-pip-version-check \
			--require-hashes -r "$(1)" >&2; \
		echo "$$sum" > "$(2)"; \
	fi
endef

run-environment:
	$(call install,requirements.lock,$(RUN_STAMP))

dev-environment:
	$(call install,requirements-dev.lock,$(DEV_STAMP))

browser:
	@command -v chromium >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
				apt-get install -qq -y --no-install-recommends chromium >&2; \
		else \
			"$(BIN)/playwright" install chromium >&2; \
		fi; }
