#!/bin/sh
# The production form: gunicorn with the settings of the environment. See docs/deploying.md.
set -eu
cd "$(dirname "$0")/.."

scripts/setup.sh requirements.lock
# A missing setting is said in one line, before anything is touched.
if ! problem=$(.venv/bin/python -c "import movingcities.settings" 2>&1); then
    echo "$problem" | tail -n 1 >&2
    exit 1
fi
.venv/bin/python scripts/compile_texts.py
mkdir -p var
.venv/bin/python scripts/prepare.py
.venv/bin/python manage.py collectstatic --no-input --verbosity 0

# Workers end after some thousand requests, not all at once, so that none grows old. Who reads what is not written down,
# as the privacy page promises; an operator who needs a log names a file, or - for the output, and says so there.
exec .venv/bin/python -m gunicorn movingcities.wsgi \
    --bind "${BIND:-127.0.0.1:${PORT:-8000}}" \
    --workers "${WEB_CONCURRENCY:-2}" \
    --threads "${THREADS:-2}" \
    --max-requests "${MAX_REQUESTS:-5000}" \
    --max-requests-jitter 500 \
    ${ACCESS_LOG:+--access-logfile "$ACCESS_LOG"}
