"""Every text of the real directory in files for translators."""

import pytest

from publishing.languages import LANGUAGES
from publishing.models import Translation
from translating import files
from translating.exports import units_of
from translating.imports import units_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]


@pytest.mark.parametrize("format_name", files.FORMATS)
def test_all_texts_go_through_each_format_without_loss(format_name):
    texts = rich = 0
    for language in LANGUAGES:
        for sent in by_source(all_units(language)):
            received = {unit.identifier: unit for unit in units_in(files.write(sent, format_name), language)}
            for unit in sent:
                back = received[unit.identifier]
                assert (back.source, back.target, back.version, back.problem) == (
                    unit.source,
                    unit.target,
                    unit.version,
                    "",
                )
                texts += 1
                rich += unit.is_rich
    assert texts > 5000
    assert rich > 1500


def all_units(language):
    entries = Translation.objects.filter(language=language).values_list("entry_kind", "entry").distinct()
    return units_of(language, list(entries), only_to_do=False)


def by_source(units):
    """The units in lists, one for each language of the originals."""
    return [
        [unit for unit in units if unit.source_language == source]
        for source in {unit.source_language for unit in units}
    ]
