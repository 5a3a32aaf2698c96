"""What all tests share."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import translation

from search.facts import memory
from search.indexing import noted


def pytest_configure():
    # Else each test's client would list all static files anew, and trip over those of a server that is just starting.
    settings.WHITENOISE_AUTOREFRESH = True
    # Else counts would be written in the middle of any test that is under way when a minute is over.
    settings.COUNT_READINGS = False
    settings.COUNT_MISSES = False


@pytest.fixture(autouse=True)
def english():
    """Each test starts in English: a request leaves the language of its page behind."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What a test writes is taken back after it: the search must not remember anything of it, nor write it later."""
    yield
    memory.forget()
    noted().clear()


@pytest.fixture(scope="session")
def content(django_db_setup, django_db_blocker):
    """The whole content of fixtures/, imported once for all tests that ask for it: they come last.

    Each of these tests also asks for the database (`pytest.mark.django_db`); what it changes itself is
    taken back after it, as always.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("import_content", verbosity=0)
        yield
        transaction.set_rollback(True)


def pytest_collection_modifyitems(items):
    """Tests of the whole content come last: no other finds it in its database."""
    items.sort(key=asks_for_content)


def asks_for_content(item):
    """Whether a test has the fixture `content`; some have a parameter of that name."""
    parameters = item.callspec.params if hasattr(item, "callspec") else ()
    return "content" in item.fixturenames and "content" not in parameters
