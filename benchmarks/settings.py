"""The site's settings with one more address: see urls.py."""

from movingcities.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
