# What one does with this house. `make run` and `make test` need Python 3.11 or newer, and nothing else.

PYTHON ?= python3
BIN := .venv/bin

# An environment whose Python is gone (upgraded, moved) is no environment: it is made anew.
$(shell test -e $(BIN)/python || rm -rf .venv)

.PHONY: help run test check bench pictures build messages routes settings clean

help:
	@echo "make run       prepare everything and serve it on http://127.0.0.1:8000"
	@echo "make test      every test, on SQLite and on PostgreSQL"
	@echo "make check     everything that reads the code without running it"
	@echo "make bench     how fast the pages are, with 10,000 people or BENCH_PEOPLE=100000"
	@echo "make pictures  take the pictures of the README again"
	@echo "make build     the front end"
	@echo "make messages  bring the catalogues of translations in line with the code"
	@echo "make routes    write down the routes and who may open them"
	@echo "make settings  write the manual of settings"
	@echo "make clean     remove what was built; instance/ stays"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Socii needs Python 3.11 or newer; this is %s. Say another with: make run PYTHON=python3.12" % sys.version.split()[0])'
	@echo "Python: making an environment in .venv"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python cannot make an environment here. On Debian and Ubuntu: apt install python3-venv"; exit 1; }

# A stamp is made anew only when the locked requirements change.
.venv/.installed: requirements.txt | $(BIN)/python
	@echo "Python: installing the parts Socii is made of (once, some minutes)"
	@$(BIN)/python tools/install.py requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt | $(BIN)/python
	@echo "Python: installing the tools for tests and checks (once, some minutes)"
	@$(BIN)/python tools/install.py requirements-dev.txt
	@touch $@

build: .venv/.installed
	@$(BIN)/python static/build.py
	@$(BIN)/python tools/messages.py compile

run: build
	@$(BIN)/python -m tools.run

check: .venv/.installed-dev build
	@$(BIN)/python -m tools.check

test: .venv/.installed-dev build
	@$(BIN)/python -m tools.test

bench: .venv/.installed-dev build
	@$(BIN)/python -m bench

pictures: .venv/.installed-dev build
	@$(BIN)/python -m tools.pictures

messages: .venv/.installed-dev
	@$(BIN)/python tools/messages.py update
	@$(BIN)/python tools/messages.py compile

routes: .venv/.installed-dev
	@$(BIN)/python -m tools.routes

settings: .venv/.installed-dev
	@$(BIN)/python -m tools.settings

clean:
	rm -rf .venv static/dist node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build
	find app -name '*.mo' -delete
