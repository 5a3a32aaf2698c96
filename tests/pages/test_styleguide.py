"""The style guide shows staff what the site is made of, from the site's own pages."""

import re

import pytest
from django.contrib.auth.models import User

from pages.styleguide import COMPONENTS, Pieces, least_and_most, set_apart
from publishing.addresses import in_language
from tests.test_architecture import ROOT
from tests.test_styles import COMMENT, RULE

pytestmark = pytest.mark.django_db

# What the content that comes with the site has none of; other-language is nowhere in English.
RARE = {"picture", "translation-note", "other-language"}
# What scripts make, and the arrangement of single pages.
ELSEWHERE = re.compile(r"cited|leaflet-.*|map-.*|has-.*|home-.*|parts?|rows|tiles")


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create(username="designer", is_staff=True))
    return client


def section(page, name):
    """The part of the guide about one component."""
    start = f'<section class="band wrap stack" aria-labelledby="{name}">'
    return page.split(start)[1].split("<h2 id=")[1].split(f"\n  {start.split(' ')[0]}")[0]


def test_only_staff_sees_it(client):
    assert client.get(in_language("pages:styleguide", "en")).status_code == 404

    client.force_login(User.objects.create(username="reader"))
    assert client.get(in_language("pages:styleguide", "en")).status_code == 404


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("language", ["en", "el"])
def test_it_shows_the_components_of_the_site(staff, language):
    page = staff.get(in_language("pages:styleguide", language)).content.decode()

    missing = [
        name
        for name in set(COMPONENTS) - RARE
        if not re.search(rf'class="[^"]*\b{name}\b', section(page, name))
    ]
    assert missing == []
    assert "noindex" in page


@pytest.mark.usefixtures("content")
def test_every_block_of_the_styles_is_in_it(staff):
    page = staff.get(in_language("pages:styleguide", "de")).content.decode()
    shown = {block(name) for names in re.findall(r'class="([^"]*)"', page) for name in names.split()}

    assert blocks_of_styles() - shown - RARE == set()


def blocks_of_styles():
    """The blocks that the files of components style: "row" for .row, .row__title and .row--featured."""
    return {
        block(name)
        for path in (ROOT / "static/css/components").glob("*.css")
        for selector, _rule in RULE.findall(COMMENT.sub("", path.read_text()))
        for name in re.findall(r"\.([a-z][\w-]*)", selector)
        if not ELSEWHERE.fullmatch(block(name))
    }


def block(name):
    return re.split("__|--", name)[0]


def test_it_shows_an_empty_directory_too(staff):
    assert staff.get(in_language("pages:styleguide", "en")).status_code == 200


def test_pieces_are_cut_out_as_they_were_written():
    page = '<main><ul class="rows"><li class="row big"><br><svg><use href="#x" /></svg>A</li>\n<li class="row">B</li></ul></main>'

    pieces = Pieces(page, ["row", "rows"])

    assert pieces.found["row"] == [
        '<li class="row big"><br><svg><use href="#x" /></svg>A</li>',
        '<li class="row">B</li>',
    ]
    assert pieces.found["rows"] == [page.removeprefix("<main>").removesuffix("</main>")]


def test_a_piece_refers_to_its_own_parts_only():
    piece = '<nav aria-labelledby="toc"><h1 id="toc">On this page</h1><a href="#toc">Up</a> <a href="#context">Context</a></nav>'

    apart = set_apart(piece, 7, "/en/cities/palermo/")

    assert apart == (
        '<nav aria-labelledby="toc-7"><h2 id="toc-7">On this page</h2><a href="#toc-7">Up</a> '
        '<a href="/en/cities/palermo/#context">Context</a></nav>'
    )


def test_little_and_much_stand_side_by_side():
    assert least_and_most(["<p>aaa</p>", "<p>a</p>", "<p>aaaaa</p>", "<p>aa</p>"]) == [
        "<p>a</p>",
        "<p>aaa</p>",
        "<p>aaaaa</p>",
    ]
    assert least_and_most([]) == []


def test_every_component_reaches_the_pages_and_the_readme_names_the_guide():
    imported = (ROOT / "static/css/site.css").read_text()
    components = [path.name for path in (ROOT / "static/css/components").glob("*.css")]

    assert [name for name in components if f"components/{name}" not in imported] == []
    assert "/styleguide/" in (ROOT / "static/css/README.md").read_text().splitlines()[5]
