"""Rich text: a small allowed markup, cleaned when it is saved, and its way to plain text and back."""

import html
import re

import nh3
from django.utils.html import strip_tags
from django.utils.text import Truncator

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote"}
ATTRIBUTES = {"a": {"href", "title"}}
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.S)
BLOCK_END = re.compile(r"</(?:p|h2|h3|li|blockquote)>|<br>")


def clean(markup):
    """The markup with everything that is not allowed taken out; safe to show as it is.

    Plain text becomes paragraphs, and what has no words becomes nothing: an editor leaves an empty paragraph behind.
    """
    if not markup:
        return markup
    cleaned = allowed(from_plain(markup))
    if cleaned and not cleaned.startswith("<"):
        # What stood in no element, or in none that is allowed, would pass for plain text the next time.
        cleaned = allowed(f"<p>{cleaned}</p>")
    return cleaned if without_tags(cleaned) else ""


def allowed(markup):
    """What is allowed of the markup."""
    cleaned = nh3.clean(
        markup, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel=None
    )
    # nh3 spells out no-break spaces; the texts are full of them and stay readable with the character itself.
    return cleaned.replace("&nbsp;", "\N{NO-BREAK SPACE}").strip()


def from_plain(text):
    """Rich text from a plain one, whose paragraphs are parted by empty lines. Text that is rich already stays."""
    if not text or text.lstrip().startswith("<"):
        return text
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "".join(f"<p>{html.escape(paragraph.strip(), quote=False)}</p>" for paragraph in paragraphs)


def to_plain(markup):
    """Plain text where the rich one is nothing but paragraphs; else the markup itself. The way back of `from_plain`."""
    if not markup:
        return markup
    paragraphs = PARAGRAPH.findall(markup)
    if "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) != markup or "<" in "".join(paragraphs):
        return markup
    return "\n\n".join(html.unescape(paragraph) for paragraph in paragraphs)


def without_tags(markup):
    """The text of rich or plain text, with a space where a block ends."""
    return html.unescape(strip_tags(BLOCK_END.sub(" ", markup))).strip()


def teaser(text, words=30):
    """The beginning of a text, plain, for lists: at most so many words."""
    if not text:
        return text
    # A beginning that ends with a sentence needs no sign that more follows.
    return Truncator(without_tags(text)).words(words, truncate="…").replace(".…", ".")


def shown_again(text, longest):
    """What somebody has typed, as a message names it: no more than so many characters, each of which can be shown."""
    return text[:longest].replace("\0", "\N{REPLACEMENT CHARACTER}")
