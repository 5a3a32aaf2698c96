"""The kinds of records that have translated texts, and what is to be known about each."""

from functools import cache
from typing import NamedTuple

from django.apps import apps
from django.db import models

from publishing.fields import RichTextField
from publishing.languages import translated_fields
from publishing.models import Translated


class TextField(NamedTuple):
    """A field that people translate."""

    name: str
    label: str  # in the language that is active
    is_rich: bool
    is_long: bool  # of more than one line
    max_length: int | None


class Kind(NamedTuple):
    """A kind of record that has translated texts."""

    label: str  # "approaches.approach"
    model: type
    owner: str  # the kind of the record that it is a part of, or ""

    @property
    def name(self):
        return self.model._meta.verbose_name

    @property
    def plural(self):
        return self.model._meta.verbose_name_plural

    @property
    def field_names(self):
        return translated_fields(self.model)

    @property
    def fields(self):
        """The fields that people translate, in the order of the model."""
        return [text_field(self.model, name) for name in self.field_names]

    @property
    def country_path(self):
        return self.model.country_path

    @property
    def admin_name(self):
        """The name of the address of its form: reverse(kind.admin_name, args=[pk])."""
        return f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_change"


def text_field(model, name):
    field = model._meta.get_field(name)
    is_rich = isinstance(field, RichTextField)
    is_long = isinstance(field, models.TextField)
    return TextField(name, str(field.verbose_name), is_rich, is_long, field.max_length)


@cache
def desk_kinds():
    """Every kind of record with translated texts, by its label, in the order of the apps: {"cities.city": Kind, …}."""
    return {
        model._meta.label_lower: Kind(model._meta.label_lower, model, owner_kind(model))
        for model in apps.get_models()
        if issubclass(model, Translated)
    }


def owner_kind(model):
    return model._meta.get_field(model.part_of).related_model._meta.label_lower if model.part_of else ""


def parts_of(kind):
    """The kinds of the parts of a kind of record."""
    return [part for part in desk_kinds().values() if part.owner == kind]


def entry_of(record):
    """The kind and the key of the entry under which a record is listed: its own, or those of its owner."""
    if record.part_of:
        return owner_kind(type(record)), getattr(record, f"{record.part_of}_id")
    return record._meta.label_lower, record.pk
