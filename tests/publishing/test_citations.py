"""What a page cites leads to its numbered source, and the source back to each place that cites it."""

import re

import pytest
from django.template import Context, Template

from publishing.citations import MOST_WAYS_BACK, Citations, ways_back
from tests.factories import make_city, make_membership, make_network, make_profile

pytestmark = pytest.mark.django_db


def source(title, url=""):
    return {"title": title, "publisher": "", "url": url, "date": ""}


def letters(source):
    return [letter for _anchor, letter in ways_back(source)]


def rendered(text, **context):
    return Template("{% load reading %}" + text).render(Context(context))


def test_a_source_that_is_cited_once_leads_back_there():
    citations = Citations([source("Report")])

    citation = citations.cite(1)

    assert ways_back(citations.sources[0]) == [(citation.anchor, "")]


def test_a_source_that_is_cited_several_times_has_a_letter_for_each_place():
    citations = Citations([source("Report")])

    anchors = [citations.cite(1).anchor for _time in range(3)]

    assert len(set(anchors)) == 3
    assert ways_back(citations.sources[0]) == list(zip(anchors, "abc", strict=True))


def test_a_source_that_is_cited_all_over_the_page_leads_to_the_first_place_only():
    citations = Citations([source("Report")])
    first, *_others = [citations.cite(1) for _time in range(MOST_WAYS_BACK + 1)]

    assert ways_back(citations.sources[0]) == [(first.anchor, "")]


def test_a_source_that_nothing_cites_leads_nowhere():
    assert letters(Citations([source("Report")]).sources[0]) == []


def test_an_address_that_is_a_source_already_keeps_its_number():
    citations = Citations([source("Report", "https://city.example/report")])

    assert citations.cite_address("https://city.example/report").number == 1
    assert citations.cite_address("https://www.network.example/members/").number == 2
    assert citations.cite_address("https://www.network.example/members/").number == 2
    assert [entry["title"] for entry in citations.sources] == ["Report", "network.example/members"]


def test_what_has_no_address_cites_nothing():
    citations = Citations()

    assert citations.cite_address("") is None
    assert rendered("{% cite citation %}", citation=None) == ""


def test_every_number_of_a_page_leads_to_a_source_and_every_source_back(client):
    city = make_city(geonames_id=1, population=10)
    make_profile(city, sources=["First", "Second"], figures=[{"value": 1}, {"value": 2}])
    make_membership(make_network(), city)
    make_membership(make_network(), city)

    page = client.get(city.get_absolute_url()).content.decode()

    cited = dict(re.findall(r'<a id="(cited-[\d-]+)" href="#(source-\d+)"', page))
    anchors = set(re.findall(r'\bid="([\w-]+)"', page))
    back = re.findall(r'<a href="#(cited-[\d-]+)"', page)
    assert set(cited.values()) == {"source-1", "source-3", "source-4"}
    assert set(cited.values()) <= anchors
    assert sorted(back) == sorted(cited)


def test_the_table_of_contents_names_every_section_and_nothing_else(client):
    profile = make_profile(context="Who lives here.", takeaways=["Ask people."], figures=[{"value": 1}])

    page = client.get(profile.city.get_absolute_url()).content.decode()

    contents, body = page.split('class="toc__sections"')[1].split("</ol>", 1)
    assert re.findall(r'href="#([\w-]+)"', contents) == re.findall(
        r'<h2 id="([\w-]+)"', body.split("<footer")[0]
    )


def test_a_short_page_has_no_table_of_contents():
    section = '<h2 id="{0}">{0}</h2>'
    few, enough = (
        rendered("{% contents %}" + "".join(section.format(name) for name in names) + "{% endcontents %}")
        for names in ("abc", "abcd")
    )

    assert "toc" not in few
    assert '<a href="#d">d</a>' in enough


def test_headings_of_an_editors_text_are_sections_too():
    text = "<h2>Who</h2><h2 id='how'>How</h2>".replace("'", '"') + "<h2>Why</h2><h2>When &amp; where</h2>"

    page = rendered("{% contents %}" + text + "{% endcontents %}")

    assert '<a href="#section-1">Who</a>' in page
    assert '<h2 id="section-1">Who</h2>' in page
    assert '<h2 id="how">How</h2>' in page
    assert '<a href="#section-4">When &amp; where</a>' in page
