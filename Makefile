# Each command sets up what it needs first; a second time that takes no time.

PYTHON ?= python3
ARGS ?=
UPGRADE ?= --upgrade
export PYTHON UPGRADE

BIN := .venv/bin

.NOTPARALLEL:
.PHONY: help site test lint format bench lock clean

help:
	@echo "make site     translate and build the sample site into build/site"
	@echo "make test     run all tests, with coverage    (make test ARGS='-k merge --no-cov' for some)"
	@echo "make lint     ruff and mypy"
	@echo "make format   put the code into ruff's form"
	@echo "make bench    measure the speed"
	@echo "make lock     renew the lock files            (make lock UPGRADE= keeps versions where it can)"
	@echo "make clean    remove build/ and .venv/"

site:
	@sh .ci/system-packages run
	@sh .ci/set-up run
	@$(BIN)/ordbro run
	@echo
	@echo "The pages are in build/site. To look at them, start"
	@echo "    python3 -m http.server --directory build/site"
	@echo "and open http://localhost:8000 in a browser."

test:
	@sh .ci/system-packages test
	@sh .ci/set-up dev
	@$(BIN)/python -m pytest -n auto --cov --cov-report=term $(ARGS)

lint:
	@sh .ci/system-packages run
	@sh .ci/set-up dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format:
	@sh .ci/system-packages run
	@sh .ci/set-up dev
	$(BIN)/ruff check --fix-only --exit-zero
	$(BIN)/ruff format

bench:
	@sh .ci/system-packages bench
	@sh .ci/set-up dev
	@sh .ci/set-up peers
	@$(BIN)/python tests/bench/run.py $(ARGS)

lock:
	@sh .ci/system-packages run
	@sh .ci/lock

clean:
	rm -rf build .venv
