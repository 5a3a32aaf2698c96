"""The data of content files, for comparing them."""

import csv
from pathlib import Path

import yaml


def parsed(folder):
    """The data of every file of a folder, whatever the order of entries, keys and lists without order."""
    files = {}
    for path in sorted(Path(folder).rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".yaml":
            files[name] = unordered(neutral(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)))
        elif path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                rows = [{key: number(value) for key, value in row.items()} for row in csv.DictReader(file)]
            files[name] = unordered(neutral(rows))
    return files


def neutral(value):
    """Empty values are one, dates and numbers are texts, and lists of slugs or of entries are in a fixed order."""
    if isinstance(value, dict):
        return {
            key: inner
            if key in ("sources", "takeaways", "key_figures", "places", "organisations")
            else unordered(inner)
            for key, inner in ((key, neutral(inner)) for key, inner in value.items())
            if inner not in (None, "", [], {})
        }
    if isinstance(value, list):
        return [neutral(inner) for inner in value]
    return value if value is None or isinstance(value, bool) else str(value)


def unordered(value):
    return sorted(value, key=repr) if isinstance(value, list) else value


def number(text):
    """A cell as a number if it is one: 54.350 and 54.35 are the same."""
    try:
        return float(text)
    except ValueError:
        return text
