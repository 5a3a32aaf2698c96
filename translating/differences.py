"""What changed between two versions of a text, marked word by word: <del> and <ins>, with words for who cannot see them.

Rich text keeps the markup of its present version, so that no tag is torn; the words of the former one that are gone
stand where they were. A word whose link or emphasis changed counts as another word.
"""

import re
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

# A word, also one with an apostrophe or hyphen in it, or a sign; with the white space that follows.
PIECE = re.compile(r"(\w+(?:['’‑-]\w+)*|[^\w\s])(\s*)")
INLINE = {"strong", "em", "a"}
LISTS = {"ul", "ol"}
# What a paragraph that is gone becomes where text cannot stand by itself.
HOLDER = {"ul": "li", "ol": "li", None: "p"}


class Piece(NamedTuple):
    """A tag or a word. `key` is what it is compared by, `html` what is shown, `space` what follows it."""

    key: tuple
    html: str
    space: str = ""
    tag: str = ""
    is_end: bool = False


class Reader(HTMLParser):
    """Takes rich text apart."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.pieces = []
        self.around = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag in INLINE:
            self.around.append((tag, dict(attributes).get("href", "")))
        self.pieces.append(Piece(("<", tag), self.get_starttag_text(), tag=tag))

    def handle_endtag(self, tag):
        if tag in INLINE and self.around:
            self.around.pop()
        self.pieces.append(Piece(("</", tag), f"</{tag}>", tag=tag, is_end=True))

    def handle_data(self, data):
        self.pieces += words(data, tuple(self.around))


def words(text, around=()):
    """The words of plain text as pieces; `around` are the inline tags they stand in."""
    lead = re.match(r"\s*", text)[0]
    pieces = [Piece((word, around), escape(word), space) for word, space in PIECE.findall(text)]
    return [Piece(("", around), "", lead), *pieces] if lead else pieces


def pieces_of(text, is_rich):
    return Reader(text or "").pieces if is_rich else words(text or "")


def shown(text, is_rich):
    """A text as HTML."""
    return mark_safe(text or "") if is_rich else escape(text or "")  # noqa: S308 - cleaned when it was saved


def marked(former, present, is_rich):
    """The present text as HTML, with what was added and what is gone since the former one marked."""
    old, new = pieces_of(former, is_rich), pieces_of(present, is_rich)
    writer = Writer()
    matcher = SequenceMatcher(None, [p.key for p in old], [p.key for p in new], autojunk=False)
    for change, start, end, new_start, new_end in matcher.get_opcodes():
        if change == "equal":
            writer.keep(new[new_start:new_end])
        else:
            writer.delete(old[start:end])
            writer.insert(new[new_start:new_end])
    return mark_safe("".join(writer.written))  # noqa: S308 - words are escaped, tags were cleaned when saved


class Writer:
    """Puts pieces together again. `open` are the blocks that the place is in."""

    def __init__(self):
        self.written = []
        self.open = []

    def keep(self, pieces):
        for piece in pieces:
            if piece.tag:
                self.follow(piece)
            self.written.append(piece.html + piece.space)

    def insert(self, pieces):
        for run in runs(pieces):
            if run[0].tag:
                self.keep(run)
            else:
                self.written.append(mark("ins", _("Added:"), run))

    def delete(self, pieces):
        """Words that are gone; where they were blocks of their own between others, they become such blocks."""
        gone = [mark("del", _("Deleted:"), run).rstrip() + " " for run in blocks(pieces)]
        place = self.open[-1] if self.open else None
        if place in HOLDER and any(piece.tag for piece in pieces):
            gone = [f"<{HOLDER[place]}>{text}</{HOLDER[place]}>" for text in gone]
        self.written += gone

    def follow(self, piece):
        if piece.tag in INLINE or piece.tag == "br":
            return
        if not piece.is_end:
            self.open.append(piece.tag)
        elif self.open:
            self.open.pop()


def runs(pieces):
    """Neighbouring words together, each tag alone."""
    found = []
    for piece in pieces:
        if found and not piece.tag and not found[-1][0].tag:
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def blocks(pieces):
    """The words of each block, without tags."""
    found = [[]]
    for piece in pieces:
        if not piece.tag:
            found[-1].append(piece)
        elif piece.tag not in INLINE and found[-1]:
            found.append([])
    return [run for run in found if any(piece.html for piece in run)]


def mark(tag, label, run):
    """Words as one mark, whose last space stays outside."""
    *rest, last = run
    text = "".join(piece.html + piece.space for piece in rest) + last.html
    if not text.strip():
        return text + last.space
    return f'<{tag}><span class="visually-hidden">{escape(label)} </span>{text}</{tag}>{last.space}'
