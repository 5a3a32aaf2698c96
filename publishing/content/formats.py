"""Reading and writing YAML and CSV, with a clear word about what cannot be read."""

import csv
from collections import Counter

import yaml
from django.utils.translation import gettext as _

from publishing.content.errors import ContentError, ContentInvalid


def cell(value):
    """A value as a table holds it."""
    if value is None:
        return ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


class Loader(yaml.CSafeLoader):
    """YAML in which a key that stands twice is an error, not the loss of one of the two."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _value in node.value if isinstance(key, yaml.ScalarNode)]
        if twice := [key for key, number in Counter(keys).items() if number > 1]:
            raise yaml.constructor.ConstructorError(
                None, None, _("“%s” stands there twice") % twice[0], node.start_mark
            )
        return super().construct_mapping(node, deep)


def unreadable(name, error):
    reason = " ".join(str(error).split())
    return ContentInvalid([ContentError(name, "", "", _("Cannot be read: %s") % reason)])


def read_yaml(path, name):
    try:
        with path.open(encoding="utf-8-sig") as file:
            return yaml.load(file, Loader)  # noqa: S506 - a safe loader
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise unreadable(name, error) from error


def write_yaml(path, value):
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(value, file, yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1_000_000)


def read_csv(path, name, columns):
    """The rows of a table as dicts. Its header may name the columns in any order, and leave some out."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, strict=True)
            header = table.fieldnames or []
            rows = list(table)
    except (OSError, ValueError, csv.Error) as error:
        raise unreadable(name, error) from error
    errors = [
        ContentError(name, "", column, _("There is no such column."))
        for column in header
        if column not in columns
    ]
    if not header:
        errors = [ContentError(name, "", "", _("The first line must name the columns."))]
    if len(set(header)) < len(header):
        errors.append(ContentError(name, "", "", _("The first line names a column twice.")))
    if errors:
        raise ContentInvalid(errors)
    return rows


def write_csv(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
