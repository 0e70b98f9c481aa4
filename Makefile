# Two commands: `make demo` shows the tool on the five seeds, `make test` runs every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test lint installed eval bench bench-odd bench-review kills schema lock clean

demo: $(VENV)/.runtime
	$(BIN)/policy-targets extract seeds/ --engine offline -o out

test: $(VENV)/.dev lint
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# the wheel, installed without the lock into a bare virtual environment, reads every kind of file
installed: $(VENV)/.runtime
	.ci/installed $(BIN)/python

# scores on the gold of the seeds and of the practice documents: the offline rules, and the recorded model replies
eval: $(VENV)/.runtime
	$(BIN)/python -m tests.bench.evaluate

bench: $(VENV)/.runtime
	$(BIN)/python tests/bench/speed.py
	$(BIN)/python tests/bench/recognise.py
	$(BIN)/python tests/bench/rules.py
	$(BIN)/python tests/bench/model.py
	$(BIN)/python tests/bench/estimates.py
	$(BIN)/python tests/bench/linear.py

# every odd file alone, with time and memory; then ten minutes of texts that nobody wrote (SECONDS=3600 for an hour)
bench-odd: $(VENV)/.dev
	$(BIN)/python -m tests.bench.odd
	$(BIN)/python -m tests.bench.fuzz $(or $(SECONDS),600)

# the reviewers' application with 10,000 documents, then twenty reviewers for a minute: takes minutes
bench-review: $(VENV)/.runtime
	$(BIN)/python -m tests.bench.review

# fifty kills of a real run: takes minutes
kills: $(VENV)/.runtime
	$(BIN)/python tests/bench/kills.py

schema: $(VENV)/.runtime
	$(BIN)/policy-targets schema > schemas/policy-targets-1.schema.json

# after a change of pyproject.toml: the newest versions that its floors allow, with hashes and without addresses
lock:
	$(PYTHON) -m venv $(VENV)
	$(PIP) install uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --upgrade --group build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --upgrade --group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) out .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.runtime: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@
