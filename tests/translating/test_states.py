"""States of translations follow what people write."""

import pytest

from publishing.languages import LANGUAGES
from publishing.models import Edit, FormerOriginal, Translation
from tests.factories import make_approach

OTHERS = [language for language in LANGUAGES if language != "en"]
EVERYWHERE = {f"operation_{language}": f"<p>How it works ({language}).</p>" for language in OTHERS}

pytestmark = pytest.mark.django_db


def states(record, field, **conditions):
    """The states of a text by language."""
    rows = Translation.objects.filter(
        kind=record._meta.label_lower, record=record.pk, field=field, **conditions
    )
    return dict(rows.values_list("language", "state"))


def translated_approach(**fields):
    return make_approach(**{"operation": "<p>How it works.</p>"} | EVERYWHERE | fields)


def test_a_new_record_has_a_state_for_each_text_and_language():
    approach = make_approach(summary="Inspiring", summary_de="Anregend")

    assert states(approach, "summary") == dict.fromkeys(OTHERS, "missing") | {"de": "current"}
    assert states(approach, "outcome") == {}, "What the original lacks cannot be translated."


def test_a_change_of_the_original_makes_the_translations_of_that_field_outdated():
    approach = translated_approach(summary_de="Anregend")

    approach.operation_en = "<p>How it works now.</p>"
    approach.save()

    assert states(approach, "operation") == dict.fromkeys(OTHERS, "outdated")
    assert states(approach, "summary")["de"] == "current"
    assert [former.text for former in FormerOriginal.objects.all()] == ["<p>How it works.</p>"]


def test_a_minor_edit_makes_nothing_outdated():
    approach = translated_approach()

    approach.operation_en = "<p>How it works, then.</p>"
    approach.edit = Edit(minor=True)
    approach.save()

    assert states(approach, "operation") == dict.fromkeys(OTHERS, "current")
