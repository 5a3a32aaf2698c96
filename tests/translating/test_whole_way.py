"""From a changed paragraph of an original, over the desk, to what readers see: the measure of it all."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from publishing.languages import LANGUAGES
from publishing.models import Edit
from tests.factories import make_approach
from tests.translating.test_desk_entry import sent
from tests.translating.test_desk_list import in_every_language

pytestmark = pytest.mark.django_db

OTHERS = [language for language in LANGUAGES if language != "en"]
NOTE = "translation-note"


@pytest.fixture
def approach():
    texts = {
        **in_every_language("title", "Title"),
        **in_every_language("short_title", "Short"),
        **in_every_language("summary", "<p>Inspiring</p>"),
        **in_every_language("operation", "<p>One.</p><p>Two.</p>"),
    }
    return make_approach(**texts | {"title": None})


def listed(client, language):
    """Whether the entry is in the list of what is outdated in a language."""
    page = client.get(reverse("translating:desk", args=[language]), {"state": "outdated"}).content.decode()
    return f"/admin/translate/{language}/approaches.approach/" in page


def noted(client, approach, language):
    """The number of notes on the public page in a language."""
    with override(language):
        address = approach.get_absolute_url()
    return client.get(address).content.decode().count(NOTE)


def test_a_changed_paragraph_is_seen_in_six_lists_and_on_six_pages_and_cleared_one_by_one(
    client, editor, approach
):
    client.force_login(editor)
    make_approach(**in_every_language("operation", "<p>Alike</p>"))

    approach.operation_en = "<p>One.</p><p>Three.</p>"
    approach.edit = Edit(editor)
    approach.save()

    for language in OTHERS:
        assert listed(client, language)
        entry = client.get(reverse("translating:entry", args=[language, "approaches.approach", approach.pk]))
        page = entry.content.decode()
        assert [text.label for text in entry.context["entry"].to_do] == ["How it operates"]
        assert "<p>One.</p>" in page
        assert "Deleted: </span>Two</del>" in page
        assert "Added: </span>Three</ins>" in page
        assert noted(client, approach, language) == 1
    assert not listed(client, "en")
    assert noted(client, approach, "en") == 0

    key = f"approaches.approach:{approach.pk}:operation"
    address = reverse("translating:entry", args=["de", "approaches.approach", approach.pk])
    client.post(address, sent(client, approach, {key: "<p>Eins.</p><p>Drei.</p>"}))

    for language in OTHERS:
        assert listed(client, language) == (language != "de")
        assert noted(client, approach, language) == (language != "de")


def test_a_minor_edit_is_seen_nowhere_and_clears_nothing(client, editor, approach):
    client.force_login(editor)

    approach.summary_en, approach.edit = "<p>Inspiring!</p>", Edit(editor, minor=True)
    approach.save()
    assert not any(listed(client, language) or noted(client, approach, language) for language in OTHERS)

    approach.operation_en, approach.edit = "<p>Three.</p>", Edit(editor)
    approach.save()
    approach.operation_en, approach.edit = "<p>Three!</p>", Edit(editor, minor=True)
    approach.save()
    assert all(listed(client, language) and noted(client, approach, language) for language in OTHERS)
