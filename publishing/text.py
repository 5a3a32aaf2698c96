"""Rich text: a small allowed markup, cleaned when it is saved, and its way to plain text and back."""

import html
import re

import nh3
from django.utils.html import strip_tags
from django.utils.text import Truncator

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote"}
ATTRIBUTES = {"a": {"href", "title"}}
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.S)


def clean(markup):
    """The markup with everything that is not allowed taken out; safe to show as it is. Plain text becomes paragraphs."""
    if not markup:
        return markup
    cleaned = nh3.clean(
        from_plain(markup),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    # nh3 spells out no-break spaces; the texts are full of them and stay readable with the character itself.
    return cleaned.replace("&nbsp;", "\N{NO-BREAK SPACE}").strip()


def from_plain(text):
    """Rich text from a plain one, whose paragraphs are parted by empty lines. Text that is rich already stays."""
    if not text or text.lstrip().startswith("<"):
        return text
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)


def to_plain(markup):
    """Plain text where the rich one is nothing but paragraphs; else the markup itself. The way back of `from_plain`."""
    if not markup:
        return markup
    paragraphs = PARAGRAPH.findall(markup)
    if "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) != markup or "<" in "".join(paragraphs):
        return markup
    return "\n\n".join(html.unescape(paragraph) for paragraph in paragraphs)


def teaser(text, words=30):
    """The beginning of a text, plain, for lists: at most so many words."""
    return Truncator(html.unescape(strip_tags(text))).words(words, truncate="…") if text else text
