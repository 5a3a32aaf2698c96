# Moving Cities: each command in one line; what it does stands in scripts/.

PORT ?= 8000
export PORT PYTHON

python = DEBUG=$${DEBUG:-true} .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run serve editor test pytest lint format messages bench lock clean setup setup-dev

help:  ## Show the commands.
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name text; do \
		printf '  make %-10s %s\n' "$$name" "$$text"; done

run:  ## Install, fill the database with the content, and serve on this machine (PORT=8000).
	@scripts/run.sh

serve:  ## Serve as in production, with gunicorn; settings come from the environment or .env.
	@scripts/serve.sh

editor: setup  ## Create a person who edits in the admin.
	@$(python) manage.py create_editor

test:  ## Check and test everything; what continuous integration runs.
	@scripts/test.sh

pytest: setup-dev  ## Run some of the tests on SQLite: make pytest ARGS="tests/cities -k draft"
	@$(python) scripts/compile_texts.py
	@$(python) -m pytest $(ARGS)

lint:  ## Check the form of Python code and templates.
	@scripts/test.sh lint

format: setup-dev  ## Bring Python code into form.
	@$(python) -m ruff check --fix --quiet .
	@$(python) -m ruff format .

messages: setup-dev  ## Gather new texts into locale/ for translation.
	@command -v xgettext >/dev/null || scripts/packages.sh "to gather texts" gettext
	@$(python) -m scripts.messages

bench: setup-dev  ## Measure the pages (see benchmarks/).
	@$(python) scripts/compile_texts.py
	@.venv/bin/python -m benchmarks

lock: setup-dev  ## Renew the lock files from pyproject.toml; UPGRADE=1 takes newer versions.
	@scripts/lock.sh

clean:  ## Remove what the commands made; the database in var/ stays.
	rm -rf .venv .pytest_cache .ruff_cache var/static
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete

setup:
	@scripts/setup.sh requirements.lock

setup-dev:
	@scripts/setup.sh requirements-dev.lock
