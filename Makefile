# `make demo` and `make test` do all the set-up that they need.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install demo test check clean

install: .venv/installed

.venv/installed: requirements.lock pyproject.toml scripts/install
	PYTHON=$(PYTHON) scripts/install
	touch $@

demo: install
	$(BIN)/corrobora demo

test: install
	scripts/test

check: install
	scripts/check

clean:
	rm -rf .venv
