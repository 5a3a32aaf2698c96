"""The Chromium that the browser tests drive: the system's; CHROMIUM names another."""

import os
import shutil
import sys

NAMES = ["chromium", "chromium-browser", "google-chrome"]

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # Chromium itself asks nobody for anything during the tests.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find():
    for name in [os.environ.get("CHROMIUM"), *NAMES]:
        if name and (path := shutil.which(name)):
            return path
    sys.exit("No Chromium found. Install it (Debian: apt-get install chromium) or name it in CHROMIUM.")
