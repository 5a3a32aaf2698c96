"""Rich text in pieces: its words apart from its tags, for translators' programs and for machines."""

import re
from html import escape, unescape
from html.parser import HTMLParser
from typing import NamedTuple

from publishing import text
from translating.files.units import same_lines

TEXT, OPEN, CLOSE, EMPTY = "text", "open", "close", "empty"
TAG = re.compile(r"""<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?:"[^"]*"|[^">])*>""")


class Piece(NamedTuple):
    """Words (unescaped), or one tag as it is written."""

    kind: str
    value: str


def pieces(markup):
    """The pieces of a rich text, in order. Tags that do not pair are put right first."""
    found = list(split(markup))
    return found if is_paired(found) else list(split(text.clean(markup)))


def split(markup):
    position = 0
    for tag in TAG.finditer(markup):
        if tag.start() > position:
            yield Piece(TEXT, unescape(markup[position : tag.start()]))
        yield Piece(kind_of(tag), tag[0])
        position = tag.end()
    if position < len(markup):
        yield Piece(TEXT, unescape(markup[position:]))


def kind_of(tag):
    if tag["close"]:
        return CLOSE
    return EMPTY if tag["name"].lower() == "br" else OPEN


def is_paired(found):
    """Whether each opening tag is closed, the last one first."""
    stack = []
    for piece in found:
        if piece.kind == OPEN:
            stack.append(name_of(piece.value))
        elif piece.kind == CLOSE and (not stack or stack.pop() != name_of(piece.value)):
            return False
    return not stack


def name_of(tag):
    """The name of a tag: "a" of `<a href="…">`."""
    return TAG.fullmatch(tag)["name"].lower()


def closing(tag):
    """The tag that closes an opening one."""
    return f"</{name_of(tag)}>"


def join(found):
    """The rich text of pieces."""
    return "".join(escape(piece.value, quote=False) if piece.kind == TEXT else piece.value for piece in found)


def brought(words):
    """The rich text that words from a file become: cleaned, plain text in paragraphs.

    What is not allowed stays in it, not cleaned away in silence: the import refuses it by name.
    """
    words = same_lines(words)
    return words if refused(words) else text.clean(words)


class Refusal(HTMLParser):
    """Finds the first piece of markup that readers would never see because saving takes it out."""

    found = ""

    def handle_starttag(self, tag, attributes):
        names = {name for name, _value in attributes}
        kept = text.allowed(f"{self.get_starttag_text()}</{tag}>")
        if tag not in text.TAGS or any(f" {name}=" not in kept for name in names):
            self.found = self.found or self.get_starttag_text()


def refused(markup):
    """The first tag of a rich text that is not allowed, or has an attribute or address that is not; else nothing."""
    parser = Refusal()
    parser.feed(markup)
    parser.close()
    return parser.found
