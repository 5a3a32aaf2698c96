"""What changed between two versions of a text is marked word by word, and no tag is torn."""

import re

import pytest

from translating.differences import marked, shown


def without_labels(markup):
    """The marks without the words for screen readers."""
    return re.sub(r'<span class="visually-hidden">.*?</span>', "", markup).replace("</del> <", "</del><")


@pytest.mark.parametrize(
    ("former", "present", "expected"),
    [
        pytest.param("<p>a b c</p>", "<p>a x c</p>", "<p>a <del>b</del><ins>x</ins> c</p>", id="a word"),
        pytest.param("<p>a, b</p>", "<p>a b</p>", "<p>a <del>,</del> b</p>", id="a comma"),
        pytest.param(
            "<p>a</p><p>c</p>", "<p>a</p><p>b b</p><p>c</p>", "<p>a</p><p><ins>b b</ins></p><p>c</p>", id="paragraph"
        ),
        pytest.param(
            "<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li></ul>", "<ul><li>a</li><li><del>b</del></li></ul>",
            id="a point of a list that is gone stays a point of the list",
        ),
        pytest.param(
            '<p>the <a href="x">page</a></p>',
            '<p>the <a href="y">page</a></p>',
            '<p>the <a href="y"><del>page</del><ins>page</ins></a></p>',
            id="a link that leads elsewhere",
        ),
        pytest.param(
            "<p>see now</p>", "<p>see <strong>now</strong></p>",
            "<p>see <del>now</del><strong><ins>now</ins></strong></p>", id="emphasis",
        ),
        pytest.param("<p>a</p><p>b</p>", "<p>b</p>", "<p><del>a</del></p> <p>b</p>", id="first paragraph gone"),
        pytest.param("", "<p>a</p>", "<p><ins>a</ins></p>", id="all is new"),
        pytest.param("<p>a &lt;b&gt; c</p>", "<p>a &lt;b&gt;</p>", "<p>a &lt;b&gt;<del>c</del></p>", id="signs"),
    ],
)  # fmt: skip
def test_rich_text_keeps_its_markup(former, present, expected):
    found = without_labels(marked(former, present, is_rich=True))

    assert re.sub(r"\s+(?=</?(?:p|li|ul|del)>)", "", found) == re.sub(
        r"\s+(?=</?(?:p|li|ul|del)>)", "", expected
    )


def test_plain_text_is_escaped():
    assert without_labels(marked("<b>old</b>", "<b>new</b>", is_rich=False)) == (
        "&lt;b&gt;<del>old</del><ins>new</ins>&lt;/b&gt;"
    )
    assert shown("<b>new</b>", is_rich=False) == "&lt;b&gt;new&lt;/b&gt;"


def test_who_cannot_see_marks_hears_them():
    assert marked("old", "new", is_rich=False) == (
        '<del><span class="visually-hidden">Deleted: </span>old</del> '
        '<ins><span class="visually-hidden">Added: </span>new</ins>'
    )


def test_the_same_text_has_no_marks():
    text = '<h2>A</h2><p>b <a href="x">c</a><br>d</p>'

    assert marked(text, text, is_rich=True) == text
