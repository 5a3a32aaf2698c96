#!/bin/sh
# setup.sh LOCK: makes .venv and installs what the lock file names. Does nothing when that is already done.
set -eu
cd "$(dirname "$0")/.."
lock=$1
python=${PYTHON:-python3}

if cmp -s "$lock" ".venv/$lock" && .venv/bin/python -c "" 2>/dev/null; then
    exit
fi

if ! "$python" -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null; then
    echo "Moving Cities needs Python 3.11 or newer; '$python' is $("$python" --version 2>/dev/null || echo not there)." >&2
    echo "Name another one with: make PYTHON=python3.12 …" >&2
    exit 1
fi
# Debian keeps the part of Python that makes environments in a package of its own.
"$python" -c "import ensurepip, venv" 2>/dev/null || scripts/packages.sh "to make a Python environment" python3-venv

if ! .venv/bin/python -c "import pip" 2>/dev/null; then
    echo "Making a Python environment in .venv …"
    "$python" -m venv --clear .venv
fi
echo "Installing the packages that $lock names …"
.venv/bin/python -m pip install --disable-pip-version-check --no-input --require-hashes --requirement "$lock"
cp "$lock" ".venv/$lock"
