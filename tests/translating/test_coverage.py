"""How much is translated: for those who translate, and for readers."""

from itertools import pairwise

import pytest
from django.urls import reverse

from publishing.models import Edit
from tests.factories import make_approach, make_page
from translating import coverage

pytestmark = pytest.mark.django_db


def test_each_number_is_a_link_to_its_list(client, translator):
    make_approach("A harbour", summary="<p>Text</p>", summary_pl="<p>Tekst</p>")
    client.force_login(translator)

    page = client.get(reverse("translating:coverage")).content.decode()

    assert '<a href="/admin/translate/pl/?state=current&amp;kind=approaches.approach">1</a>' in page
    assert '<a href="/admin/translate/pl/?state=missing">' in page
    assert "/admin/translate/fr/" not in page, "A language that is not mine has numbers, but no links."


def test_the_report_leads_back_to_the_desk(client, editor):
    client.force_login(editor)

    page = client.get(reverse("translating:coverage")).content.decode()

    assert '<a href="/admin/translate/">Translators’ desk</a>' in page.split('class="breadcrumbs"')[1]


def test_the_report_counts_what_somebody_works_on(client, translator):
    approach = make_approach("A harbour")
    client.force_login(translator)
    client.get(reverse("translating:entry", args=["pl", "approaches.approach", approach.pk]))

    page = client.get(reverse("translating:coverage")).content.decode()

    assert '<a href="/admin/translate/pl/?state=progress&amp;kind=approaches.approach">1</a>' in page
    assert '<a href="/admin/translate/de/?state=progress' not in page


def test_the_report_costs_the_same_for_many_texts(client, translator, django_assert_max_num_queries):
    for _number in range(30):
        make_approach()
    client.force_login(translator)

    with django_assert_max_num_queries(8):
        client.get(reverse("translating:coverage"))


def test_readers_see_the_coverage_of_what_they_can_read(client):
    make_page("about", title="About", body="<p>Text</p>", title_pl="O nas", body_pl="<p>Tekst</p>")
    make_approach(status="draft")  # in a country, which is public

    of_polish = next(each for each in coverage.public() if each.language == "pl")
    page = client.get("/en/about/").content.decode()

    assert of_polish.numbers == {"missing": 1, "outdated": 0, "machine": 0, "current": 2}
    assert "How much is translated" in page
    assert "2 (66%)" in page


def test_a_share_is_never_rounded_up():
    numbers = {"missing": 1, "outdated": 0, "machine": 0, "current": 999}

    assert coverage.Coverage("pl", "", numbers).share == 99
    assert coverage.Coverage("pl", "", numbers | {"missing": 0}).share == 100


def test_a_bar_is_as_long_as_its_parts():
    numbers = {"missing": 1, "outdated": 1, "machine": 1, "current": 0}

    bars = coverage.Coverage("pl", "", numbers).bars

    assert [bar["state"] for bar in bars] == ["current", "machine", "outdated", "missing"]
    assert all(following["start"] == bar["start"] + bar["length"] for bar, following in pairwise(bars))


def test_the_start_of_the_admin_leads_translators_to_the_desk(client, translator, django_user_model):
    approach = make_approach("A harbour", summary_de="<p>Text</p>")
    approach.edit = Edit(machine=True)
    approach.summary_de = "<p>Maschine</p>"
    approach.save()
    client.force_login(translator)

    page = client.get("/admin/").content.decode()

    assert '<a class="desk-languages__name" href="/admin/translate/de/">German</a>' in page
    assert "/admin/translate/fr/" not in page

    client.force_login(django_user_model.objects.create_user("staff", is_staff=True))
    assert "/admin/translate/" not in client.get("/admin/").content.decode()
