PYTHON ?= python3
PORT ?= 8000
DRILL_ROUNDS ?= 100
DRILL_SECONDS ?= 600
PAGES ?= 10000
REQUESTS ?= 1000000
DRILLS ?= $(wildcard tests/appointments/test_drills*.py) $(wildcard tests/appointments/test_*_workers.py) \
  tests/staff_accounts/test_lock_out.py tests/page_cache tests/operations
POSTGRESQL ?= postgresql://postgres@127.0.0.1:5432/postgres
BIN = .venv/bin
# A process that has no tests left takes some of another's.
SHARED = -n auto --dist worksteal
MANAGE = $(BIN)/python manage.py
HAS_POSTGRESQL = $(BIN)/python -c "import psycopg; psycopg.connect('$(POSTGRESQL)', connect_timeout=3)" 2>/dev/null
# The output of one target after that of the other, where make can: macOS has an old one.
IN_ORDER = $(if $(filter output-sync,$(.FEATURES)),--output-sync)
# The shortest test that needs the seeded site.
SEEDING = tests/content/test_seed.py::test_the_site_opens_at_the_english_home_page
export PORT

.PHONY: run test test-fast lint format check audit seeded-sqlite seeded-postgresql \
  test-sqlite test-postgresql drill bench bench-views bench-many requirements clean

run: .venv/run-installed ## set everything up and serve the seeded site
	@exec $(MANAGE) prepare --serve 127.0.0.1:$(PORT)

test: .venv/dev-installed ## everything a change must pass
	@$(MAKE) --no-print-directory --jobs 2 $(IN_ORDER) lint check audit seeded-sqlite seeded-postgresql
	@$(MAKE) --no-print-directory test-sqlite test-postgresql

lint: .venv/dev-installed
	@echo "Lint and types"
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .
	@$(BIN)/djhtml --check --tabwidth 2 templates 2>/dev/null || { echo "Indent templates: make format"; exit 1; }
	@$(BIN)/mypy clinic_site content

format: .venv/dev-installed
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet . ; $(BIN)/djhtml --tabwidth 2 templates

check: export DJANGO_SETTINGS_MODULE = clinic_site.settings.production
check: export SECRET_KEY = $(shell $(PYTHON) -c "import secrets; print(secrets.token_urlsafe(60))")
check: export DATABASE_URL = sqlite://:memory:
check: export ALLOWED_HOSTS = www.example.org
check: export SITE_URL = https://www.example.org
check: export CLINIC_PHONE = 305-372-5000
check: export EMAIL_HOST = mail.example.org
check: export EMAIL_FROM = Appointments <appointments@example.org>
check: .venv/dev-installed
	@echo "Migrations and deploy checks"
	@DJANGO_SETTINGS_MODULE=clinic_site.settings.test DATABASE_URL= $(MANAGE) makemigrations --check --dry-run
	@$(MANAGE) check --deploy --fail-level WARNING

audit: .venv/dev-installed ## ask the database of known vulnerabilities about each pinned package
	@$(BIN)/python -m tests.dependency_audit

# Each process starts sooner if Python keeps what it compiled, whatever the environment says.
seeded-sqlite seeded-postgresql test-sqlite test-postgresql test-fast: export PYTHONDONTWRITEBYTECODE =

# One process seeds a database while the others wait: here both are seeded at once, for all to copy.
seeded-sqlite: .venv/dev-installed
	@echo "Seeding on SQLite"; DATABASE_URL= $(BIN)/pytest -q $(SEEDING)

seeded-postgresql: .venv/dev-installed
	@if $(HAS_POSTGRESQL); then echo "Seeding on PostgreSQL"; DATABASE_URL=$(POSTGRESQL) $(BIN)/pytest -q $(SEEDING); fi

test-sqlite: .venv/dev-installed
	@echo "Tests on SQLite, with the browser tests"
	@DATABASE_URL= $(BIN)/pytest -q $(SHARED)

test-postgresql: .venv/dev-installed
	@if $(HAS_POSTGRESQL); then \
	  echo "Tests on PostgreSQL"; DATABASE_URL=$(POSTGRESQL) $(BIN)/pytest -q $(SHARED) -m "not browser and not one_database"; \
	elif [ "$$CI" = true ]; then echo "There is no PostgreSQL at $(POSTGRESQL)."; exit 1; \
	else echo "############ SKIPPED: no PostgreSQL at $(POSTGRESQL). Its tests did not run. ############"; fi

test-fast: .venv/dev-installed ## about a minute: no browser, no long walks, SQLite only
	@DATABASE_URL= $(BIN)/pytest -q $(SHARED) -m "not browser and not slow"

drill: .venv/dev-installed ## kill, cut off, crowd and attack a real server, many times (an hour or two)
	@urls=sqlite; if $(HAS_POSTGRESQL); \
	then urls="sqlite $(POSTGRESQL)"; else echo "############ SKIPPED: no PostgreSQL at $(POSTGRESQL). Drills on SQLite only. ############"; fi; \
	for url in $$urls; do \
	  DATABASE_URL=`test $$url = sqlite || echo $$url` DRILL_ROUNDS=$(DRILL_ROUNDS) DRILL_SECONDS=$(DRILL_SECONDS) \
	    $(BIN)/pytest -q -s -rs --durations=9 $(DRILLS) || exit 1; \
	done
	@DATABASE_URL= XSS_ROUNDS=15 EVERY_ADMIN_PAGE=1 HYPOTHESIS_EXAMPLES=10000 $(BIN)/pytest -q -rs \
	  tests/browser/test_stored_xss.py tests/browser/test_privacy.py tests/appointments/test_any_form.py

bench: .venv/run-installed ## what each page type costs
	@$(MANAGE) prepare >/dev/null
	@DEBUG=0 $(MANAGE) bench
	@DEBUG=0 $(MANAGE) bench_server
	@DEBUG=0 $(MANAGE) bench_requests
	@if $(HAS_POSTGRESQL); then \
	  DEBUG=0 DATABASE_URL=$(POSTGRESQL) $(MANAGE) bench_requests; \
	else echo "There is no PostgreSQL at $(POSTGRESQL): not measured there."; fi
	@$(MAKE) --no-print-directory bench-views

bench-views: .venv/dev-installed ## what a first view of each page type weighs, and how long a slow phone takes
	@DEBUG=0 $(MANAGE) collectstatic --noinput --verbosity 0
	@DEBUG=0 $(MANAGE) bench_views

bench-many: MANY = $(dir $(POSTGRESQL))clinic_many
bench-many: .venv/run-installed ## search and inbox with 10,000 pages and 1,000,000 requests
	@psql $(POSTGRESQL) -qc "DROP DATABASE IF EXISTS clinic_many" -c "CREATE DATABASE clinic_many"
	@trap 'psql $(POSTGRESQL) -qc "DROP DATABASE clinic_many WITH (FORCE)"' EXIT; set -e; export DATABASE_URL=$(MANY); \
	  $(MANAGE) prepare >/dev/null; \
	  $(MANAGE) make_many_pages $(PAGES); $(MANAGE) make_many_requests $(REQUESTS); \
	  DEBUG=0 $(MANAGE) bench_search; DEBUG=0 $(MANAGE) bench_desk

requirements: .venv/dev-installed ## pin again after a change to pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 --no-header -q -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --python-version 3.11 --no-header -q -o requirements-dev.txt

clean:
	rm -rf .venv var staticfiles .pytest_cache .mypy_cache .ruff_cache

.venv/bin/python:
	@echo "Making .venv"
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "Python 3.11 or later is needed."; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/run-installed: requirements.txt | .venv/bin/python
	@echo "Installing `grep -c '==' requirements.txt` pinned packages"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev-installed: requirements-dev.txt | .venv/bin/python
	@echo "Installing `grep -c '==' requirements-dev.txt` pinned packages"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/run-installed
