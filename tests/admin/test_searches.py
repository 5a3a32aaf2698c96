"""Editors keep synonyms, and read what people search for and do not find."""

import pytest
from django.utils import timezone

from search.models import Miss
from tests.factories import make_synonym

pytestmark = pytest.mark.django_db


def test_the_form_of_an_area_has_its_synonyms(editing):
    synonym = make_synonym("housing")

    page = editing.get(f"/admin/approaches/policyarea/{synonym.area.pk}/change/").content.decode()

    assert 'value="housing"' in page


def test_editors_read_them_and_make_a_synonym_of_a_word(editing):
    Miss.objects.create(text="mieszkania komunalne", language="pl", day=timezone.localdate(), count=4)

    page = editing.get("/admin/search/miss/").content.decode()

    assert "mieszkania komunalne" in page
    assert "/admin/approaches/synonym/add/?language=pl&amp;word=mieszkania+komunalne" in page
    form = editing.get("/admin/approaches/synonym/add/?language=pl&word=mieszkania+komunalne")
    assert 'value="mieszkania komunalne"' in form.content.decode()
    assert editing.get("/admin/search/miss/add/").status_code == 403


@pytest.mark.parametrize("query", ["language__exact=pl", "q=qwertz", "day__gte=2026-01-01", "p=99"])
def test_the_list_of_misses_can_be_narrowed(editing, query):
    Miss.objects.create(text="qwertz", language="pl", day=timezone.localdate())

    assert editing.get(f"/admin/search/miss/?{query}").status_code in (200, 302)
