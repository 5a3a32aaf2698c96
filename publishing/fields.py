"""Fields that several kinds of record share."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

from publishing import text

PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def validate_partial_date(value):
    """Raise ValidationError unless the value is a year, a year and month, or a day that exists."""
    match = PARTIAL_DATE.fullmatch(value)
    try:
        year, month, day = match.groups(default="1")
        date(int(year), int(month), int(day))
    except (AttributeError, ValueError):
        raise ValidationError(
            _("“%(value)s” is no date. Write 2016, 2016-06 or 2016-06-30, as exactly as it is known."),
            code="invalid",
            params={"value": value},
        ) from None


class PartialDateField(models.CharField):
    """A date as exact as its source: "2016", "2016-06" or "2016-06-30". The text sorts as the dates do."""

    default_validators = [validate_partial_date]

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 10
        kwargs.setdefault("help_text", _("As exactly as it is known: 2016, 2016-06 or 2016-06-30."))
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def to_python(self, value):
        return str(value) if isinstance(value, (int, date)) else super().to_python(value)


def end_not_before_start(name, start="started", end="ended"):
    """A constraint: what has an end and a start does not end before it starts.

    Partial dates compare as texts, but a year that ends what began in one of its months is shorter than that month.
    """
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{start: ""})
        | models.Q(**{end: ""})
        | models.Q(**{f"{end}__gte": models.F(start)})
        | models.Q(**{f"{start}__startswith": models.F(end)}),
        violation_error_message=_("The end must not be before the start."),
    )


class LinesField(models.TextField):
    """A list of short texts that need no translation, one in each line."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("blank", True)
        kwargs.setdefault("help_text", _("One in each line."))
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        if isinstance(value, (list, tuple)):
            return "\n".join(map(str, value))
        # Browsers send forms with the line ends of another age.
        return "\n".join(filter(None, map(str.strip, value.splitlines()))) if value else ""


class RichTextField(ProseEditorField):
    """Text with a small allowed markup, cleaned whenever it is saved; plain text becomes paragraphs."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault(
            "extensions",
            {
                "Bold": True,
                "Italic": True,
                "Heading": {"levels": [2, 3]},
                "BulletList": True,
                "OrderedList": True,
                "ListItem": True,
                "Blockquote": True,
                "HardBreak": True,
                "Link": {"enableTarget": False},
            },
        )
        kwargs["sanitize"] = text.clean
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance, add):
        return text.clean(super().pre_save(model_instance, add))


slug_validator = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
    _("A short name in an address has lower-case letters a–z, digits and single hyphens only."),
)


class AddressField(models.SlugField):
    """The short name of a record in its address, the same in all languages: "gdansk"."""

    default_validators = [slug_validator]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("verbose_name", _("short name in the address"))
        kwargs.setdefault("max_length", 100)
        kwargs.setdefault("unique", True)
        kwargs.setdefault(
            "error_messages", {"unique": _("Another entry of this kind has this address already.")}
        )
        super().__init__(*args, **kwargs)
