"""Values of entries in their canonical form: plain, comparable, the same from a file and from the database."""

import hashlib
import json
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _


def text_from(value):
    """A single value of a file as text; ValidationError if it is none."""
    if isinstance(value, (dict, list)):
        raise ValidationError(_("A single value is expected."))
    if isinstance(value, bool):
        raise ValidationError(_("A text is expected: put the word in quotation marks."))
    written = str(value)
    if "\0" in written:
        raise ValidationError(_("The text holds a character that no text can hold."))
    return written


def plain(value):
    """A value as a file holds it: no "", no Decimal, times in ISO 8601."""
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value) if isinstance(value, models.Choices) else value


def as_json(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


# Keys that files have had only since a later version. Where one has no value, an entry counts as it did before.
LATER = {"original_language", "picture", "synonyms"}


def digest(entry):
    known = {key: value for key, value in entry.items() if value is not None or key not in LATER}
    return hashlib.sha256(as_json(known).encode()).hexdigest()
