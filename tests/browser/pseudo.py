"""A language that nobody speaks: written from right to left, with accents, about two fifths longer than English.

`speak(page)` makes a browser page read English pages in it: texts of the interface and of the content, also those that
scripts fetch later. What breaks would break in a language that the site does not have yet.
"""

import re
from urllib.parse import urlsplit

from tests.browser.waiting import PATIENCE

LANGUAGE = "en-x-pseudo"
MARK = "\N{RIGHT-TO-LEFT MARK}"
PIECES = re.compile(r"(<!--.*?-->|<(script|style)\b.*?</\2>|<[^>]*>)", re.S)
LETTERS = re.compile(r"&#?\w+;|[A-Za-z]")
TEXT_IN_TAG = re.compile(r'(\s(?:alt|aria-label|label|placeholder|title)=")([^"]+)(")')
HTML_TAG = re.compile(r'<html lang="en" dir="ltr"')
WITH_ACCENT = str.maketrans("aceginorsuyzACEGINORSUYZ", "áçéĝíñóŕšúýžÁÇÉĜÍÑÓŔŠÚÝŽ")
VOWELS = frozenset("aeiouyAEIOUY")


def translated(text):
    """The text in the pseudo language: vowels twice, accents on letters that take one; entities and digits stay."""

    def longer(found):
        letter = found[0]
        twice = letter + letter.lower() if letter in VOWELS else letter
        return letter if letter.startswith("&") else twice.translate(WITH_ACCENT)

    spoken = LETTERS.sub(longer, text)
    return (
        spoken if spoken == text else re.sub(r"^(\s*)(.*?)(\s*)$", rf"\1{MARK}\2{MARK}\3", spoken, flags=re.S)
    )


def translated_page(html):
    """A page or a part of one in the pseudo language."""
    spoken, tag = [], ""
    # Of each three pieces: text, tag (or script, style, comment), the name that the pattern caught.
    pieces = PIECES.split(html)
    for text, following in zip(pieces[::3], [*pieces[1::3], ""], strict=True):
        spoken.append(text if 'translate="no"' in tag else translated(text))
        tag = TEXT_IN_TAG.sub(lambda found: found[1] + translated(found[2]) + found[3], following or "")
        spoken.append(tag)
    return HTML_TAG.sub(f'<html lang="{LANGUAGE}" dir="rtl"', "".join(spoken), count=1)


def speak(page):
    """From now on this browser page reads every English page in the pseudo language."""

    def answer(route):
        response = route.fetch(max_redirects=0, timeout=PATIENCE)
        if "text/html" in response.headers.get("content-type", "") and response.body():
            route.fulfill(response=response, body=translated_page(response.text()))
        else:
            route.fulfill(response=response)

    page.route(lambda url: urlsplit(url).path.startswith("/en/"), answer)
