"""The picture of a record: on its page, on a card of a list, in the preview of a link."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from publishing.languages import current_language, text_of
from publishing.pictures import MODERN, WIDTHS, Files, picture_columns
from publishing.templatetags.publishing import in_its_language, translation_note

register = template.Library()

# How wide each kind of picture is shown, for browsers to choose the version before they know the styles.
SIZES = {
    "": "(min-width: 46rem) 42rem, 100vw",  # in running text
    "head": "(min-width: 56rem) 50vw, 100vw",  # beside the head of a page
    "card": "(min-width: 46rem) 22rem, 100vw",
}


@register.simple_tag(takes_context=True)
def picture(context, record, variant="", first=False):
    """The picture of a record, or nothing: {% picture city %}, {% picture approach "head" first=True %}.

    With alternative text, caption, credit and licence; `first` for one that is seen at once. A card has neither
    ({% picture row "card" %}, of a record or of a row with `picture_columns`): its title says what it is about.
    """
    if variant == "card":
        files = files_of(record)
        return picture_element(files, variant) if files else ""
    shown = record.picture
    if not shown:
        return ""
    alt = text_of(shown, "alt")
    return render_to_string(
        "partials/_picture.html",
        {
            "image": picture_element(shown.files, variant, alt, first),
            "variant": variant,
            "is_tall": shown.height > shown.width,
            "caption": marked(text_of(shown, "caption")),
            "credit": linked(marked(text_of(shown, "credit")), shown.url),
            "licence": linked(marked(text_of(shown, "licence")), shown.licence_url),
            **translation_note(context, shown, "alt", "caption", "credit", "licence"),
        },
    )


def files_of(record):
    """The files of the picture of a record or of a row of a list, if it has one."""
    if isinstance(record, dict):
        columns = [record[name] for name in picture_columns()]
        return Files(*columns) if columns[0] else None
    return record.picture.files if record.picture else None


def picture_element(files, variant, alt=None, first=False):
    """The element with all versions. One that is not seen at once loads late."""
    sources = [
        format_html(
            '<source type="image/{}" srcset="{}" sizes="{}">', ending, files.srcset(ending), SIZES[variant]
        )
        for ending in MODERN
    ]
    return format_html(
        '<picture class="picture__files">{}<img src="{}" width="{}" height="{}" alt="{}"{} {} decoding="async">'
        "</picture>",
        mark_safe("".join(sources)),  # noqa: S308 - each is escaped
        files.url(),
        (width := min(files.width, WIDTHS[-1])),
        files.height_of(width),
        alt or "",
        format_html(' lang="{}"', alt.language) if alt and alt.language != current_language() else "",
        mark_safe('fetchpriority="high"' if first else 'loading="lazy"'),  # noqa: S308 - our own
    )


def marked(text):
    """A text with its language, where that is not the page's."""
    return in_its_language(text.value, text.language) if text else ""


def linked(text, address):
    return format_html('<a href="{}">{}</a>', address, text) if address else text


@register.simple_tag
def share_picture(picture):
    """What previews of a link need of the picture of a page: address, width, height and alternative text."""
    if not picture:
        return None
    files = picture.files
    return {
        "url": files.url(),
        "width": files.fallback_width,
        "height": files.height_of(files.fallback_width),
        "alt": picture,
    }
