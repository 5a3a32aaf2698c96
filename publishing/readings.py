"""How often readers ask for the pages of entries, so that translators begin with those; nothing about who reads.

A view that shows entries names them in `request.page_records`. Each process counts in memory and adds its counts to
the database at most once a minute, after a page has been sent; what it has counted when it ends is lost.
"""

import logging
import re
from collections import Counter
from threading import Lock
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from publishing.models import Reading

logger = logging.getLogger(__name__)

PAUSE = 60  # seconds
BATCH = 200
# Programs that say that they are some.
PROGRAMS = re.compile(r"bot\b|bot/|crawl|spider|slurp|curl|wget|python|preview|monitor", re.I)


class ReadingMiddleware:
    """Counts the pages of entries that were shown to somebody who has not signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        records = getattr(request, "page_records", ())
        if records and settings.COUNT_READINGS and is_reading(request, response):
            counting.add((record._meta.label_lower, record.pk) for record in records)
        return response


def is_reading(request, response):
    """Whether a page is shown to a visitor."""
    return response.status_code == 200 and is_visitor(request)


def is_visitor(request):
    """Whether a person asks who does not work on the site: without a session, and no program."""
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "prefetch" not in request.headers.get("Sec-Purpose", "")
        and not PROGRAMS.search(request.headers.get("User-Agent", ""))
    )


class Counting:
    """What a process has counted and not yet written; `store` writes a Counter to the database."""

    def __init__(self, store):
        self.store = store
        self.lock = Lock()
        self.counts = Counter()
        self.written_at = monotonic()

    def add(self, keys):
        with self.lock:
            self.counts.update(keys)

    def write_if_due(self):
        if self.counts and monotonic() - self.written_at >= PAUSE:
            self.write()

    def write(self):
        """Add what was counted to the database; if it cannot take it now, it is kept for the next time."""
        with self.lock:
            counts, self.counts = self.counts, Counter()
            self.written_at = monotonic()
        try:
            self.store(counts)
        except DatabaseError:
            logger.warning("Counts could not be written; they are kept.", exc_info=True)
            with self.lock:
                self.counts.update(counts)


def add_to_month(counts, month=None):
    """Add numbers of readings, by kind and key, to those of a month: the present one, unless another is named."""
    month = month or timezone.localdate().replace(day=1)
    places = sorted(counts)
    with transaction.atomic():
        for start in range(0, len(places), BATCH):
            batch = places[start : start + BATCH]
            Reading.objects.bulk_create(
                [Reading(kind=kind, record=record, month=month) for kind, record in batch],
                ignore_conflicts=True,
            )
            numbers = [When(kind=kind, record=key, then=Value(counts[kind, key])) for kind, key in batch]
            of_batch = Q.create([Q(kind=kind, record=key) for kind, key in batch], connector=Q.OR)
            Reading.objects.filter(of_batch, month=month).update(count=F("count") + Case(*numbers))


counting = Counting(add_to_month)


def write_if_due(**signal):
    """Called when a page has been sent."""
    counting.write_if_due()
