# The two commands to know: make demo, make test.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: setup demo test test-faults accuracy lint check clean

setup: $(READY)

# Installs what the lock names, each file checked by its hash, and nothing else: the lock is complete, so nothing is resolved.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $(READY)

demo: $(READY)
	$(BIN)/tradewire demo

test: $(READY)
	$(BIN)/python -m pytest

# The tests of hostile and broken surroundings alone, with fifty kills instead of six.
test-faults: $(READY)
	TRADEWIRE_KILLS=50 $(BIN)/python -m pytest -m fault

# Measures the reader on the articles that no reader is trained on: raises the floors that the tests hold, writes docs/accuracy.md.
accuracy: $(READY)
	mkdir -p build
	$(BIN)/python -m models.training.split > build/held-back.jsonl
	$(BIN)/tradewire evaluate build/held-back.jsonl --reader rules --floors tests/evaluation/floors.json --pin --report docs/accuracy.md

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint test

clean:
	rm -rf $(VENV) data/demo build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
