"""What people search for and do not find, counted for editors; nothing about who searched.

Each process counts in memory and adds its counts to the database at most once a minute, after a page has been sent.
What looks like a name, an address or a number of a person is not kept, and everything goes after a year.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from publishing.readings import Counting, is_visitor
from search.models import Miss

LONGEST = 60  # characters of a text that is kept
DIGITS = 4  # that a text may have: a year, not the number of a telephone or a street with its town
MOST = 1000  # new texts a day
KEPT = timedelta(days=365)


def note(request, text, language, results):
    """Count a search that found nothing by its own words; `results` are those of the words offered instead."""
    text = " ".join(text.lower().split())
    if settings.COUNT_MISSES and is_visitor(request) and is_kept(text) and len(counting.counts) < MOST:
        counting.add([(text, language, results)])


def is_kept(text):
    """Whether a text may be kept: it is short and does not look like something personal."""
    digits = sum(letter.isdigit() for letter in text)
    return 0 < len(text) <= LONGEST and "@" not in text and digits <= DIGITS


def write(counts):
    """Add numbers of searches, by (text, language, results), to those of today."""
    today = timezone.localdate()
    with transaction.atomic():
        left = MOST - Miss.objects.filter(day=today).count()
        for text, language, results in sorted(counts):
            same = Miss.objects.filter(text=text, language=language, day=today)
            number = counts[text, language, results]
            if not same.update(count=F("count") + number, results=results) and left > 0:
                Miss.objects.create(text=text, language=language, day=today, results=results, count=number)
                left -= 1
        Miss.objects.filter(day__lt=today - KEPT).delete()


counting = Counting(write)


def write_if_due(**signal):
    """Called when a page has been sent."""
    counting.write_if_due()
