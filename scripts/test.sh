#!/bin/sh
# Everything that must hold before a change is accepted. "test.sh lint" stops after the form of the code.
# All stages run, so that one report names every failure.
set -u
cd "$(dirname "$0")/.." || exit
scripts/setup.sh requirements-dev.lock || exit

python=.venv/bin/python
failed=

stage() {
    title=$1
    shift
    printf '\n== %s\n' "$title"
    if ! "$@"; then
        failed="$failed
  $title"
    fi
}

finish() {
    if [ -n "$failed" ]; then
        printf '\nFailed:%s\n' "$failed"
        exit 1
    fi
    printf '\nEverything passed.\n'
    exit
}

# The tests' own surroundings, whatever .env says.
export DEBUG=true
export DATABASE_URL=sqlite://:memory:
export SECRET_KEY=only-for-tests ALLOWED_HOSTS=127.0.0.1,localhost SITE_ADDRESS= SECURE_SSL_REDIRECT=false

production() {
    DEBUG=false SECURE_SSL_REDIRECT=true \
        SECRET_KEY="$($python -c "import secrets; print(secrets.token_urlsafe(60))")" \
        ALLOWED_HOSTS=moving-cities.example SITE_ADDRESS=https://moving-cities.example \
        OPERATOR_NAME=Operator OPERATOR_ADDRESS="1 Street, Town" OPERATOR_EMAIL=office@moving-cities.example \
        "$@"
}

stage "Form of the Python code" $python -m ruff check .
stage "Layout of the Python code" $python -m ruff format --check .
stage "Form of the templates" $python -m djlint --lint --quiet templates
[ "${1:-}" = lint ] && finish

# GNU gettext finds the texts, Chromium shows the pages.
missing=
command -v xgettext >/dev/null || missing="$missing gettext"
$python -c "from tests.browser import chromium; chromium.find()" 2>/dev/null || missing="$missing chromium"
# shellcheck disable=SC2086  # one word per package
[ -z "$missing" ] || stage "Tools of this machine" scripts/packages.sh "for the tests" $missing

stage "Texts are complete in every language" $python -m scripts.messages --check
$python scripts/compile_texts.py
stage "Every change of a model has its migration" $python manage.py makemigrations --check --dry-run
stage "Settings are fit for production" production $python manage.py check --deploy --fail-level WARNING
stage "Tests on SQLite" $python -m pytest -n 2
stage "Tests on PostgreSQL" $python -m scripts.postgres $python -m pytest -n 2
stage "Tests in a browser" $python -m pytest -n 2 --dist worksteal tests/browser
finish
