"""A small folder of content, and the import and export of it."""

import csv
import io

import pytest
import yaml
from django.core.management import CommandError, call_command

SOURCE = {"title": "Source", "publisher": "Publisher", "url": "https://source.example/", "date": "2020-05"}

FILES = {
    "countries.yaml": [{"code": "PL", "name": {"en": "Poland", "pl": "Polska"}}],
    "municipalities.csv": [
        {
            "slug": "gdansk",
            "name": "Gdańsk",
            "country": "PL",
            "latitude": "54.35",
            "longitude": "18.65",
            "population": "466631",
            "population_year": "",
            "geonames_id": "3099434",
            "website": "https://gdansk.example/",
        },
        {
            "slug": "lublin",
            "name": "Lublin",
            "country": "PL",
            "latitude": "",
            "longitude": "",
            "population": "",
            "population_year": "",
            "geonames_id": "",
            "website": "",
        },
    ],
    "municipality_names.csv": [{"slug": "gdansk", "language": "de", "name": "Danzig"}],
    "networks.yaml": [
        {
            "slug": "hubs",
            "acronym": "HUBS",
            "kind": "city-network",
            "scope": "european",
            "country": None,
            "founded": 2004,
            "website": "https://hubs.example/",
            "name": {"en": "Hubs", "fr": "Les «\u00a0hubs\u00a0»"},
            "summary": {"en": "A network."},
            "description": {"en": "One paragraph.\n\nAnother & one."},
            "sources": [SOURCE],
        }
    ],
    "memberships.csv": [
        {
            "network": "hubs",
            "municipality": "gdansk",
            "role": "member",
            "since": "2016",
            "until": "",
            "source_url": "https://hubs.example/members",
            "verified": "yes",
        }
    ],
    "organisations.yaml": [
        {
            "slug": "helpers",
            "name": "Helpers",
            "kind": "ngo",
            "municipality": "gdansk",
            "country": "PL",
            "website": None,
            "networks": ["hubs"],
            "summary": {"en": "They help."},
            "sources": [SOURCE],
        }
    ],
    "initiatives.yaml": [
        {
            "slug": "twins",
            "network": "hubs",
            "title": {"en": "Twins"},
            "summary": {"en": "Two cities."},
            "started": "2016-06",
            "ended": None,
            "duration_months": 12,
            "municipalities": ["gdansk", "lublin"],
            "pairs": [["lublin", "gdansk"]],
            "sources": [SOURCE],
        }
    ],
    "declarations.yaml": [
        {
            "slug": "we-welcome",
            "title": {"en": "We welcome"},
            "date": "2018-06-30",
            "summary": {"en": "A statement."},
            "url": None,
            "signatories": ["gdansk"],
            "signatories_total": 12,
            "sources": [SOURCE],
        }
    ],
    "policy_areas.yaml": [
        {"slug": "housing", "order": 1, "name": {"en": "Housing"}, "description": {"en": "A roof."}}
    ],
    "commitments.yaml": [
        {
            "slug": "a-pledge",
            "title": {"en": "A pledge"},
            "summary": {"en": "We promise."},
            "kind": "pledge",
            "submitter": "Somebody",
            "places": [{"name": "Gdańsk", "country": "PL"}],
            "started": 2020,
            "ended": None,
            "sources": [SOURCE],
        }
    ],
    "news.yaml": [
        {
            "slug": "an-item",
            "date": "2024-05-01",
            "title": {"en": "An item"},
            "body": {"en": "It happened."},
            "sources": [SOURCE],
        }
    ],
    "events.yaml": [
        {
            "slug": "a-meeting",
            "title": {"en": "A meeting"},
            "description": {"en": "We meet."},
            "start": "2021-10-21T10:00:00+02:00",
            "end": "2021-10-21T12:00:00+02:00",
            "timezone": "Europe/Berlin",
            "online": True,
            "registration_url": None,
            "languages": ["en", "de"],
            "organisers": ["Hubs"],
            "sources": [SOURCE],
        }
    ],
    "pages.yaml": [
        {"slug": "about", "title": {"en": "About"}, "body": {"en": "<h2>This</h2><p>and that.</p>"}}
    ],
    "cities/gdansk.yaml": {
        "municipality": "gdansk",
        "subtitle": {"en": "A port"},
        "summary": {"en": "A city.", "fr": "Une ville\u00a0!"},
        "sections": [
            {"key": "context", "body": {"en": "Before."}},
            {"key": "strategy", "body": {"en": "Now."}},
        ],
        "takeaways": [{"en": "Ask people."}, {"en": "Listen."}],
        "key_figures": [
            {
                "label": {"en": "Inhabitants"},
                "value": 466631,
                "unit": None,
                "share": 25.4,
                "qualifier": "about",
                "year": 2024,
                "source": 1,
            }
        ],
        "sources": [SOURCE, {"title": "Another source", "publisher": None, "url": None, "date": 2021}],
    },
    "approaches/a-council.yaml": {
        "municipality": "gdansk",
        "title": {"en": "A council"},
        "short_title": {"en": "Council"},
        "policy_areas": ["housing"],
        "lead": "municipality",
        "organisations": ["City of Gdańsk"],
        "started": 2016,
        "ended": None,
        "summary": {"en": "Inspiring."},
        "operation": {"en": "It works."},
        "outcome": {"en": "It worked."},
        "website": None,
        "related": [],
        "sources": [SOURCE],
    },
}


def written(name, content):
    """A file's content as text."""
    if not name.endswith(".csv"):
        return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    text = io.StringIO()
    table = csv.DictWriter(text, list(content[0]), lineterminator="\n")
    table.writeheader()
    table.writerows(content)
    return text.getvalue()


class Folder:
    """A folder of content files that a test can change."""

    def __init__(self, path):
        self.path = path
        for name, content in FILES.items():
            self.write(name, written(name, content))

    def write(self, name, text):
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def read(self, name):
        return (self.path / name).read_text(encoding="utf-8")

    def replace(self, name, old, new):
        text = self.read(name)
        assert old in text, f"{name} has no {old!r}"
        self.write(name, text.replace(old, new, 1))

    def load(self, **options):
        """Import the folder; what the command says."""
        output = io.StringIO()
        call_command("import_content", self.path, stdout=output, verbosity=0, **options)
        return output.getvalue()

    def errors(self, **options):
        """The errors with which the import refuses the folder."""
        with pytest.raises(CommandError) as caught:
            self.load(**options)
        first, *lines = str(caught.value).splitlines()
        assert first == f"Nothing was imported. {len(lines)} errors:"
        return lines


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "content")


@pytest.fixture
def export(tmp_path):
    """Export the database; the folder with the files."""

    def run(name="export"):
        call_command("export_content", tmp_path / name, stdout=io.StringIO())
        return tmp_path / name

    return run
