"""A database constraint that Django lacks: a row and the row it refers to must belong to the same record."""

from django.core.exceptions import ValidationError
from django.db.backends.ddl_references import Statement, Table
from django.db.models.constraints import BaseConstraint


class SameOwner(BaseConstraint):
    """What a row refers to must have the same owner as the row: a figure's source is one of the figure's profile.

    It is a foreign key over two columns, which both databases know (SQL:1999, `FOREIGN KEY (a, b) REFERENCES …`). The
    other table needs a unique constraint over its key and the owner.
    """

    def __init__(self, *, reference, owner, name, violation_error_code=None, violation_error_message=None):
        super().__init__(
            name=name,
            violation_error_code=violation_error_code,
            violation_error_message=violation_error_message,
        )
        self.reference = reference
        self.owner = owner

    def constraint_sql(self, model, schema_editor):
        """The constraint as part of CREATE TABLE."""
        quote = schema_editor.quote_name
        reference = model._meta.get_field(self.reference)
        other = reference.related_model
        owner = model._meta.get_field(self.owner).column
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({quote(reference.column)}, {quote(owner)}) "
            f"REFERENCES {quote(other._meta.db_table)} "
            f"({quote(other._meta.pk.column)}, {quote(other._meta.get_field(self.owner).column)}) "
            "DEFERRABLE INITIALLY DEFERRED"
        )

    def create_sql(self, model, schema_editor):
        return Statement(
            "ALTER TABLE %(table)s ADD %(constraint)s",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            constraint=self.constraint_sql(model, schema_editor),
        )

    def remove_sql(self, model, schema_editor):
        return Statement(
            "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            name=schema_editor.quote_name(self.name),
        )

    def validate(self, model, instance, exclude=None, using=None):
        if exclude and {self.reference, self.owner} & set(exclude):
            return
        referred = getattr(instance, self.reference, None)
        if referred and getattr(referred, f"{self.owner}_id") != getattr(instance, f"{self.owner}_id"):
            raise ValidationError({self.reference: self.get_violation_error_message()})

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"reference": self.reference, "owner": self.owner}

    def __eq__(self, other):
        return isinstance(other, SameOwner) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__
