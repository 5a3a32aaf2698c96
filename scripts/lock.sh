#!/bin/sh
# Renews the lock files. They hold hashes and no address of a registry, so they work behind any mirror.
set -eu
cd "$(dirname "$0")/.."
tools=var/lock-tools

[ -x $tools/bin/pip-compile ] || { .venv/bin/python -m venv $tools && $tools/bin/python -m pip install -q "pip-tools>=7.5"; }

compile() {
    CUSTOM_COMPILE_COMMAND="make lock" $tools/bin/python -m piptools compile --quiet ${UPGRADE:+--upgrade} \
        --generate-hashes --allow-unsafe --strip-extras --no-emit-options \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@" pyproject.toml
}

compile --output-file requirements.lock
compile --output-file requirements-dev.lock --extra dev --constraint requirements.lock
