#!/bin/sh
# packages.sh PURPOSE PACKAGE…: installs Debian packages, or says which ones to install.
set -eu
purpose=$1
shift

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $* ($purpose) …"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "$@" </dev/null
    exit
fi

{
    echo "Missing on this machine ($purpose): $*"
    echo "On Debian or Ubuntu:  sudo apt-get install $*"
    echo "Elsewhere: install the packages that correspond to these. Then run the command again."
} >&2
exit 1
