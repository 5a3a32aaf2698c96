"""What is wrong in content files: collected, with its place, and told all at once."""

from typing import NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class ContentError(NamedTuple):
    """What is wrong, and where: file, record and field."""

    file: str
    record: str
    field: str
    message: str

    def __str__(self):
        return " · ".join(filter(None, [self.file, self.record, self.field])) + f": {self.message}"


class ContentInvalid(Exception):
    """The files hold errors: all of them, in `errors`. Nothing was imported."""

    def __init__(self, errors):
        super().__init__(f"{len(errors)} errors")
        self.errors = errors


class naming:
    """Whatever is wrong inside belongs to the field of this name."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if isinstance(error, ValidationError):
            raise ValidationError(
                {named(self.name, field): messages for field, messages in by_field(error).items()}
            ) from error


def named(name, field):
    """The name of a field inside another one: "sources.0.url"."""
    return ".".join(filter(None, [name, "" if field == NON_FIELD_ERRORS else field])) or NON_FIELD_ERRORS


class Collecting:
    """Several things that can be wrong, each within `of(name)`: all are raised together at the end."""

    def __init__(self):
        self.found = {}

    @property
    def names(self):
        """The fields in which something is wrong."""
        return {name.split(".")[0] for name in self.found}

    def of(self, name):
        return Collected(self, name)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if error is None and self.found:
            raise ValidationError(self.found)


class Collected(naming):
    def __init__(self, collecting, name):
        super().__init__(name)
        self.collecting = collecting

    def __exit__(self, kind, error, traceback):
        if not isinstance(error, ValidationError):
            return False
        for field, messages in by_field(error).items():
            self.collecting.found.setdefault(named(self.name, field), []).extend(messages)
        return True


def by_field(error):
    """The messages of a ValidationError by field, "" for none."""
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
