#!/bin/sh
# From nothing to a running site on this machine; a second start has nothing left to do.
set -eu
cd "$(dirname "$0")/.."
export DEBUG="${DEBUG:-true}"
PORT=${PORT:-8000}

scripts/setup.sh requirements.lock
.venv/bin/python scripts/compile_texts.py
.venv/bin/python scripts/prepare.py

cat <<NOTICE

  Moving Cities is at    http://127.0.0.1:$PORT/
  The admin is at        http://127.0.0.1:$PORT/admin/
  To create an editor:   make editor
  To stop:               Ctrl-C

NOTICE
exec .venv/bin/python manage.py runserver "127.0.0.1:$PORT"
