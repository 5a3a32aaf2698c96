"""Tags for the results of the search."""

from html import escape

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from publishing import formats
from publishing.languages import current_language

register = template.Library()


@register.simple_tag
def marked(passage, note=False):
    """A Passage with what was sought marked; where it is not in the language of the page it has its own, and a note
    of it if wanted: {% marked row.title note=True %}."""
    text = "".join(
        f"<mark>{escape(piece.text)}</mark>" if piece.marked else escape(piece.text)
        for piece in passage.pieces
    )
    if passage.language and passage.language != current_language():
        text = f'<span lang="{passage.language}">{text}</span>'
        if note:
            said = _("in %(language)s") % {"language": formats.language_name(passage.language)}
            text += f' <span class="other-language">{escape(said)}</span>'
    return mark_safe(text)  # noqa: S308 - every piece is escaped
