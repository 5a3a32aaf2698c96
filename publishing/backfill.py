"""States of translations for records that have none yet, made by the database from the texts themselves.

A migration calls this with the models as they were then, `publishing.translations.refresh` with those of today. It is
repeatable: what has a state keeps it.
"""

from typing import NamedTuple

from django.db import connections, transaction
from django.db.migrations import RunPython
from django.utils import timezone

from publishing.languages import LANGUAGES, in_language

TABLE = "publishing_translation"


class Texts(NamedTuple):
    """The translated texts of a model as a migration knows them."""

    main: str
    fields: list
    entry_kind: str = ""
    entry: str = "id"
    complete_without: tuple = ()


def first_states(app, **models):
    """The operation of a migration that gives states to what is there: first_states("news", News=Texts(…), …)."""

    def forward(apps, schema_editor):
        using = schema_editor.connection.alias
        for name, texts in models.items():
            model = apps.get_model(app, name)
            if texts.main not in texts.complete_without:
                choose_originals(model, texts.main, using)
            fill(
                model,
                using=using,
                **{name: value for name, value in texts._asdict().items() if name != "main"},
            )

    return RunPython(forward, RunPython.noop)


def choose_originals(model, main_text, using):
    """Make the first language that has the main text the original of records that lack it in English."""
    quote = connections[using].ops.quote_name
    choices = " ".join(
        f"WHEN {quote(in_language(main_text, language))} > '' THEN '{language}'" for language in LANGUAGES
    )
    english = quote(in_language(main_text, "en"))
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(model._meta.db_table)} SET original_language = CASE {choices} ELSE 'en' END "
            f"WHERE original_language = 'en' AND ({english} IS NULL OR {english} = '')"
        )


def fill(model, fields, using, entry_kind="", entry="id", complete_without=()):
    """Write the missing states of all records of a model: what has text is up to date, the rest is missing.

    `entry_kind` and `entry` name the owner of a part: its kind and the column that refers to it.
    """
    filling = Filling(model, using, entry_kind, entry)
    with transaction.atomic(using), connections[using].cursor() as cursor:
        for field in fields:
            for language in LANGUAGES:
                cursor.execute(*filling.insertion(field, language, field in complete_without))


class Filling:
    """The statements that fill the table for one model."""

    def __init__(self, model, using, entry_kind, entry):
        self.quote = connections[using].ops.quote_name
        self.model = model
        self.kind = model._meta.label_lower
        self.entry_kind = entry_kind or self.kind
        self.entry = entry
        self.now = timezone.now()
        columns = {field.column for field in model._meta.concrete_fields}
        # When a text was written nobody has recorded; its record did not change after that.
        self.date = self.quote("updated_at") if "updated_at" in columns else "%s"

    def insertion(self, field, language, only_written):
        """The statement, with its parameters, for one field in one language."""
        text = self.quote(in_language(field, language))
        originals = " ".join(
            f"WHEN '{code}' THEN {self.quote(in_language(field, code))}" for code in LANGUAGES
        )
        sql = (
            f"INSERT INTO {TABLE} (kind, record, field, language, entry_kind, entry, state, is_machine, "
            "original_changed_at, translated_at) "
            f"SELECT %s, id, %s, %s, %s, {self.quote(self.entry)}, "
            f"CASE WHEN {text} > '' THEN 'current' ELSE 'missing' END, FALSE, "
            f"{self.date}, CASE WHEN {text} > '' THEN {self.date} END "
            f"FROM {self.quote(self.model._meta.db_table)} "
            f"WHERE original_language <> %s AND CASE original_language {originals} END > '' "
            f"{f'''AND {text} > '' ''' if only_written else ''}"
            "ON CONFLICT DO NOTHING"
        )
        dates = [self.now, self.now] if self.date == "%s" else []
        return sql, [self.kind, field, language, self.entry_kind, *dates, language]


def clear(model, fields, using):
    """Remove states of records, fields and languages that have none: the record is gone, the original is empty."""
    quote = connections[using].ops.quote_name
    table = quote(model._meta.db_table)
    kind = model._meta.label_lower
    with transaction.atomic(using), connections[using].cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {TABLE} WHERE kind = %s AND record NOT IN (SELECT id FROM {table})", [kind]
        )
        cursor.execute(
            f"DELETE FROM {TABLE} WHERE kind = %s AND field NOT IN ({', '.join(['%s'] * len(fields))})",
            [kind, *fields],
        )
        cursor.execute(
            f"DELETE FROM {TABLE} WHERE kind = %s AND EXISTS (SELECT 1 FROM {table} AS one "
            f"WHERE one.id = record AND one.original_language = {TABLE}.language)",
            [kind],
        )
        for field in fields:
            originals = " ".join(
                f"WHEN '{code}' THEN {quote(in_language(field, code))}" for code in LANGUAGES
            )
            cursor.execute(
                f"DELETE FROM {TABLE} WHERE kind = %s AND field = %s AND record IN (SELECT id FROM {table} "
                f"WHERE COALESCE(CASE original_language {originals} END, '') = '')",
                [kind, field],
            )
        cursor.execute(
            "DELETE FROM publishing_formeroriginal WHERE kind = %s AND NOT EXISTS "
            f"(SELECT 1 FROM {TABLE} WHERE rests_on_id = publishing_formeroriginal.id)",
            [kind],
        )
