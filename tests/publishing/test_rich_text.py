"""Rich text is safe, keeps its typography, and finds back to the plain text that it was."""

import csv
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from cities.models import Profile
from publishing.languages import LANGUAGES
from publishing.text import clean, from_plain, teaser, to_plain
from tests.factories import make_approach, make_profile

NO_BREAK = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<p>Hello</p><script>alert(1)</script>", "<p>Hello</p>"),
        ('<p onclick="alert(1)">Hello</p>', "<p>Hello</p>"),
        ('<p style="color: red" class="big" id="x">Hello</p>', "<p>Hello</p>"),
        ('<p><a href="javascript:alert(1)">Hello</a></p>', "<p><a>Hello</a></p>"),
        ('<p><a href="JaVaScRiPt:alert(1)">Hello</a></p>', "<p><a>Hello</a></p>"),
        ('<p><a href="data:text/html,x">Hello</a></p>', "<p><a>Hello</a></p>"),
        ('<p>Hello<img src="https://elsewhere.example/x.png" onerror="alert(1)"></p>', "<p>Hello</p>"),
        ('<p>Hello</p><iframe src="https://elsewhere.example/"></iframe>', "<p>Hello</p>"),
        ("<p>Hello</p><style>p { color: red }</style>", "<p>Hello</p>"),
        ("<p>Hello <!-- a note --></p>", "<p>Hello </p>"),
        ("<p>Hello", "<p>Hello</p>"),
        ("<svg><script>alert(1)</script></svg><p>Hello</p>", "<p>Hello</p>"),
    ],
)
def test_what_is_not_allowed_is_taken_out(written, kept):
    assert clean(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        '<p>A <a href="https://city.example/?a=1&amp;b=2" title="A city">link</a></p>',
        '<p><a href="mailto:office@city.example">Write</a></p>',
        "<h2>One</h2><h3>Two</h3><ul><li>a</li></ul><ol><li>b</li></ol>",
        "<p><strong>a</strong> <em>b</em><br>c</p><blockquote><p>d</p></blockquote>",
        f"<p>«{NO_BREAK}Bonjour{NO_BREAK}» 25,4{NO_BREAK}% à 12{NARROW}345{NARROW}!</p>",
        "<p>‘l’Étoile’ – “quoted” …</p>",
    ],
)
def test_what_is_allowed_stays_as_it_is(written):
    assert clean(written) == written


def test_a_no_break_space_stays_a_character():
    assert clean("<p>25&nbsp;%</p>") == f"<p>25{NO_BREAK}%</p>"


def test_plain_text_becomes_paragraphs():
    assert clean("One & two.\n\nThree < four.") == "<p>One &amp; two.</p><p>Three &lt; four.</p>"


@pytest.mark.parametrize(
    "wordless", [" ", "\n", "<p></p>", "<p> </p><p>&nbsp;</p>", "<p><br></p>", "<script>x</script>"]
)
def test_what_has_no_words_is_no_text(wordless):
    assert clean(wordless) == ""


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_stays_nothing(nothing):
    assert clean(nothing) == nothing
    assert to_plain(nothing) == nothing
    assert teaser(nothing) == nothing


@pytest.mark.parametrize(
    "written",
    [
        "Fish & chips",
        "Fish &amp; chips",
        "a < b > c",
        "<3 welcome",
        "<div>Fish &amp; chips</div>",
        "<script>alert(1)</script>Fish &amp; chips",
        "<!-- note --> Fish &amp; chips",
        "<strong>Fish</strong> &amp; chips",
        "One\n\n\nTwo\r\n\r\nThree\n \nFour",
        " \n\n One \n\n",
        "One\nTwo",
        "<p>One</p>\n<p>Two</p>",
        "<p></p>",
        "<",
        "&lt;p&gt;",
    ],
)
def test_cleaning_twice_is_cleaning_once(written):
    assert clean(clean(written)) == clean(written)


@pytest.mark.parametrize(
    "written", ["One\n\nTwo", "Fish & chips", "a < b", "&amp;", "One\r\n\r\nTwo", " One \n\n\n Two "]
)
def test_plain_text_comes_back_the_same_from_then_on(written):
    once = to_plain(clean(written))

    assert to_plain(clean(once)) == once
    assert "<" not in from_plain(once).replace("<p>", "").replace("</p>", "")


def test_rich_text_stays_rich():
    rich = "<p>One <strong>two</strong></p>"

    assert to_plain(rich) == rich
    assert to_plain("<h2>One</h2><p>two</p>") == "<h2>One</h2><p>two</p>"


def texts_of_the_content():
    """Every text of the content that comes with the project."""
    for path in sorted(Path(settings.CONTENT_DIR).rglob("*.yaml")):
        yield from texts_in(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader))
    for path in sorted(Path(settings.CONTENT_DIR).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from (value for row in csv.reader(file) for value in row if value)


def texts_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def test_every_text_of_the_content_survives_the_way_there_and_back():
    texts = list(texts_of_the_content())
    plain = [text for text in texts if not text.startswith("<")]

    changed = [text for text in plain if text and to_plain(clean(text)) != text.strip()]

    assert len(texts) > 5000
    assert changed == []


def test_every_text_of_the_content_is_clean_already():
    rich = [text for text in texts_of_the_content() if text.startswith("<")]

    assert [text for text in rich if clean(text) != text.strip()] == []


@pytest.mark.django_db
def test_text_is_cleaned_when_it_is_saved_in_each_language():
    dirty = "<p>Text</p><script>alert(1)</script>"
    profile = make_profile(**{f"summary_{language}": dirty for language in LANGUAGES})

    saved = Profile.objects.values(*(f"summary_{language}" for language in LANGUAGES)).get(pk=profile.pk)

    assert set(saved.values()) == {"<p>Text</p>"}


@pytest.mark.django_db
def test_saving_again_changes_no_text():
    profile = make_profile(summary="<div>Fish &amp; chips</div>")
    once = Profile.objects.get().summary

    Profile.objects.get(pk=profile.pk).save()

    assert Profile.objects.get().summary == once


def test_a_teaser_is_plain_and_short():
    assert teaser("<p>One <strong>two</strong> &amp; three.</p>") == "One two & three."
    assert teaser("<h2>Housing</h2><p>Work.</p><p>Then rest.</p>") == "Housing Work. Then rest."
    assert teaser("<ul><li>bread</li><li>bed</li></ul>") == "bread bed"
    assert teaser("word " * 40).split() == ["word"] * 29 + ["word…"]


@pytest.mark.django_db
def test_a_list_shows_the_beginning_of_an_approach():
    approach = make_approach(summary="<p>One.</p><p>Two.</p>", summary_pl="Raz.")

    assert (approach.teaser_en, approach.teaser_pl, approach.teaser_de) == ("One. Two.", "Raz.", None)
