"""Tags and filters for every template: translated text, dates and numbers."""

import re
from html import escape
from urllib.parse import urlsplit

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from publishing import formats
from publishing.addresses import address_of
from publishing.languages import Text, current_language, text_of
from publishing.notes import note_on

register = template.Library()

CURRENT = ' aria-current="true"'
FURTHER = ' class="facet__further"'  # an option of a long facet that shows only when all do

register.filter(formats.number)
register.filter(formats.partial_date)
register.filter(formats.day)
register.filter(formats.time_of_day)
register.filter(formats.zone_name)
register.filter(formats.language_name)
register.filter(formats.amount)
register.filter(formats.percentage)
register.simple_tag(address_of, name="address")


def in_its_language(value, language):
    """A text for a page: marked with its language, and a note of it, where that is not the page's."""
    if not language or language == current_language():
        return conditional_escape(value)
    return format_html(
        '<span lang="{}">{}</span> <span class="other-language">{}</span>',
        language,
        value,
        _("in %(language)s") % {"language": formats.language_name(language)},
    )


@register.simple_tag
def text(value):
    """A short text of a list, marked with its language if need be: {% text row.title %}. A plain str stays plain."""
    if isinstance(value, Text):
        return in_its_language(value.value, value.language)
    return "" if value is None else value


@register.simple_tag
def language_links(languages, notes=False):
    """The page in each language as items of a list; with notes, each says if the page is not yet translated into it."""
    words = escape(_("not yet translated"))
    untranslated = f' <span class="language-switch__note" lang="{current_language()}">{words}</span>'
    return mark_safe(  # noqa: S308 - every value is escaped
        "\n".join(
            f'<li><a href="{escape(language["url"])}" lang="{language["code"]}" hreflang="{language["code"]}"'
            f"{CURRENT if language['current'] else ''}>{language['name']}"
            f"{untranslated if notes and not language['exists'] else ''}</a></li>"
            for language in languages
        )
    )


@register.simple_tag
def facet_options(group):
    """The options of a facet with their counts. A hundred of them are many nodes for a template, one loop for Python."""
    here = current_language()
    name = escape(group["name"])
    return mark_safe(  # noqa: S308 - every value is escaped
        "\n".join(
            f"<li{' hidden' if option['hidden'] else ''}{FURTHER if option['further'] else ''}>"
            f'<label class="option"><input type="checkbox" name="{name}" value="{escape(option["key"])}"'
            f"{' checked' if option['chosen'] else ''}> "
            f'<span class="option__label"{lang_attribute(option["label"], here)}>{escape(str(option["label"]))}</span> '
            f'<span class="option__count">{formats.number(option["count"])}</span></label></li>'
            for option in group["all"]
        )
    )


def lang_attribute(text, here):
    """The lang attribute of a text that is not in the language of the page."""
    return f' lang="{text.language}"' if isinstance(text, Text) and text.language != here else ""


@register.simple_tag
def translated(record, field):
    """A short text of a record: {% translated network "name" %}."""
    found = text_of(record, field)
    return in_its_language(found.value, found.language) if found else ""


@register.inclusion_tag("partials/_rich_text.html", takes_context=True)
def rich_text(context, record, field):
    """A long text of a record, with a note above it on its language or its age where readers have to know."""
    found = text_of(record, field)
    return {
        "notes": notes_on(context, record.notes, [(field, found)]) if record.notes else [],
        "body": mark_safe(found.value) if found else "",  # noqa: S308 - cleaned when it was saved
        "language": found.language if found and found.language != current_language() else "",
    }


@register.inclusion_tag("partials/_translation_note.html", takes_context=True)
def translation_note(context, record, *fields):
    """What readers have to know of short texts of a record, said once: {% translation_note approach "title" %}.

    The record can also be a row of a list that has its column `notes` and the fields as Texts.
    """
    if isinstance(record, dict):
        texts = [(field, record[field]) for field in fields]
        return {"notes": notes_on(context, record["notes"], texts)}
    texts = [(field, text_of(record, field)) for field in fields] if record.notes else []
    return {"notes": notes_on(context, record.notes, texts)}


def notes_on(context, notes, texts):
    """The notes on texts, given with their fields; each with the address of the page in the original language."""
    pages = {language["code"]: language["url"] for language in context.get("languages", [])} if notes else {}
    found = [note_on(notes, field, text.language) for field, text in texts if text]
    return [
        note._asdict() | {"address": pages.get(note.original_language, "")}
        for note in dict.fromkeys(note for note in found if note)
    ]


TITLE = re.compile(r"<title>(.*?)</title>", re.S)
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')


@register.filter
def with_preview(head):
    """The title and description of a page, and both again for those who show a link to it."""
    title, description = TITLE.search(head), DESCRIPTION.search(head)
    return mark_safe(  # noqa: S308 - the page's own head, escaped already
        f'{head}\n    <meta property="og:title" content="{title[1].strip().replace(chr(34), "&quot;")}">'
        f'\n    <meta property="og:description" content="{description[1]}">'
    )


@register.filter
def lines(value):
    """The lines of a text as a list."""
    return value.splitlines()


@register.filter
def host(url):
    """The host of an address, for people to see where a link leads: "www.berlin.de"."""
    return urlsplit(url).netloc.removeprefix("www.")
