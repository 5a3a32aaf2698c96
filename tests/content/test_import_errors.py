"""Every error is named with its file, record and field, all at once; and nothing is imported."""

import pytest
from django.core.management import CommandError, call_command

from cities.models import City, Country
from networks.models import Network
from publishing.models import ImportedEntry

pytestmark = pytest.mark.django_db

# File, what stands there, what a slip of the pen makes of it, and how the import says so.
SLIPS = [
    # references
    ("memberships.csv", "hubs,gdansk", "hobs,gdansk", "memberships.csv · hobs,gdansk · network: “hobs” refers to nothing: there is no network of this name."),
    ("memberships.csv", "hubs,gdansk", "hubs,atlantis", "memberships.csv · hubs,atlantis · municipality: “atlantis” refers to nothing: there is no city of this name."),
    ("organisations.yaml", "- hubs", "- hobs", "organisations.yaml · helpers · networks.0.network: “hobs” refers to nothing"),
    ("initiatives.yaml", "network: hubs", "network: hobs", "initiatives.yaml · twins · network: “hobs” refers to nothing"),
    ("declarations.yaml", "- gdansk", "- atlantis", "declarations.yaml · we-welcome · signatories.0: “atlantis” refers to nothing"),
    ("approaches/a-council.yaml", "- housing", "- houses", "approaches · a-council · policy_areas: “houses” refers to nothing"),
    ("approaches/a-council.yaml", "related: []", "related: [a-council, nothing]", "approaches · a-council · related: “nothing” refers to nothing"),
    ("commitments.yaml", "country: PL", "country: XX", "commitments.yaml · a-pledge · places.0.country: “XX” refers to nothing"),
    ("commitments.yaml", "country: PL", "country: NO", "commitments.yaml · a-pledge · places.0.country: A text is expected: put the word in quotation marks."),
    # entries
    ("news.yaml", "slug: an-item", "slug:", "news.yaml · #1 · slug: An entry needs a name of its own here."),
    ("news.yaml", "- slug: an-item", "- an-item\n- slug: an-item", "news.yaml · #1 · slug: An entry needs a name of its own here."),
    ("news.yaml", "slug: an-item", "slug: An item!", "news.yaml · An item! · slug: A short name in an address has lower-case letters a–z, digits and single hyphens only."),
    ("countries.yaml", "- code: PL", "- code: pl\n  name: {en: Poland}\n- code: PL", "countries.yaml · pl: A country code is two capital letters: PL."),
    ("memberships.csv", "hubs,gdansk", "hubs,gdansk,member,,,,no\nhubs,gdansk", "memberships.csv · hubs,gdansk · network,municipality: This entry occurs twice."),
    ("municipalities.csv", "lublin,Lublin", "lublin,Lublin,PL,,,,,,\nlublin,Lublin", "municipalities.csv · lublin · slug: This entry occurs twice."),
    ("municipality_names.csv", "gdansk,de", "atlantis,de", "municipality_names.csv · atlantis,de · slug: “atlantis” refers to nothing: there is no such municipality."),
    ("municipality_names.csv", "gdansk,de", "gdansk,xx", "municipality_names.csv · gdansk,xx · language: “xx” is none of the site’s languages."),
    ("municipality_names.csv", "Danzig", "", "municipality_names.csv · gdansk,de · name: A name is expected."),
    ("municipality_names.csv", "gdansk,de,Danzig", "gdansk,de,Danzig\ngdansk,de,Dantzig", "municipality_names.csv · gdansk,de · language: This entry occurs twice."),
    ("cities/gdansk.yaml", "municipality: gdansk", "municipality: lublin", "cities/gdansk.yaml · gdansk · municipality: The file must be named like its city."),
    # files
    ("networks.yaml", "- slug: hubs", "- slug: [hubs", "networks.yaml: Cannot be read: "),
    ("networks.yaml", "- slug: hubs", "\t- slug: hubs", "networks.yaml: Cannot be read: "),
    ("networks.yaml", "acronym: HUBS", "acronym: HUBS\n  acronym: HABS", "networks.yaml: Cannot be read: "),
    ("declarations.yaml", "date: '2018-06-30'", "date: 2018-06-31", "declarations.yaml: Cannot be read: day is out of range for month"),
    ("approaches/a-council.yaml", "lead:", "lead", "approaches/a-council.yaml: Cannot be read: "),
    ("municipalities.csv", "slug,name", "slug,title", "municipalities.csv · title: There is no such column."),
    ("memberships.csv", "since,until", "since,since", "memberships.csv: The first line names a column twice."),
    ("memberships.csv", "yes", "yes,more", "memberships.csv · hubs,gdansk: The row has more columns than the header."),
    ("municipalities.csv", "Gdańsk,PL", 'Gdańsk","PL', "municipalities.csv"),
    ("municipalities.csv", "gdansk,Gdańsk", '"gdansk,Gdańsk', "municipalities.csv: Cannot be read: unexpected end of data"),
    # numbers
    ("municipalities.csv", "466631", "many", "municipalities.csv · gdansk · population: “many” value must be an integer."),
    ("municipalities.csv", "466631", "466.631", "municipalities.csv · gdansk · population: “466.631” value must be an integer."),
    ("municipalities.csv", "466631", "-1", "municipalities.csv · gdansk · population: Ensure this value is greater than or equal to 0."),
    ("municipalities.csv", "466631", "9" * 30, "municipalities.csv · gdansk · population: "),
    ("municipalities.csv", "54.35", "91", "municipalities.csv · gdansk: Latitude goes from −90 to 90, longitude from −180 to 180."),
    ("municipalities.csv", "54.35", "", "municipalities.csv · gdansk: Give both latitude and longitude, or neither."),
    ("municipalities.csv", "54.35", "north", "municipalities.csv · gdansk · latitude: “north” value must be a float."),
    ("municipalities.csv", "54.35", "nan", "municipalities.csv · gdansk · latitude: A number is expected."),
    ("municipalities.csv", "54.35", "inf", "municipalities.csv · gdansk · latitude: A number is expected."),
    ("initiatives.yaml", "duration_months: 12", "duration_months: 12.5", "initiatives.yaml · twins · duration_months: “12.5” value must be an integer."),
    ("initiatives.yaml", "duration_months: 12", "duration_months: yes", "initiatives.yaml · twins · duration_months: A text is expected: put the word in quotation marks."),
    ("cities/gdansk.yaml", "value: 466631", "value: lots", "cities · gdansk · key_figures.0.value: “lots” value must be a decimal number."),
    ("cities/gdansk.yaml", "value: 466631", "value: .nan", "cities · gdansk · key_figures.0.value: "),
    ("cities/gdansk.yaml", "value: 466631", "value: 1.23456", "cities · gdansk · key_figures.0.value: Ensure that there are no more than 4 decimal places."),
    ("cities/gdansk.yaml", "value: 466631", "value:", "cities · gdansk · key_figures.0.value: This field cannot be null."),
    ("cities/gdansk.yaml", "share: 25.4", "share: 254", "cities · gdansk · key_figures.0: A share lies between 0 and 100 percent."),
    ("cities/gdansk.yaml", "unit: null", "unit: people", "cities · gdansk · key_figures.0: The unit is empty, “percent”, or three capital letters of a currency."),
    ("cities/gdansk.yaml", "qualifier: about", "qualifier: nearly", "cities · gdansk · key_figures.0.qualifier: Value 'nearly' is not a valid choice."),
    ("cities/gdansk.yaml", "source: 1", "source: 2", "cities · gdansk · key_figures.0.source: There is no source with the number 2; the first is 0."),
    ("cities/gdansk.yaml", "title: Another source", "title:", "cities · gdansk · sources.1.title: This field cannot be blank."),
    ("cities/gdansk.yaml", "date: 2021", "date: then", "cities · gdansk · sources.1.date: “then” is no date."),
    ("cities/gdansk.yaml", "source: 1", "source: -1", "cities · gdansk · key_figures.0.source: There is no source with the number -1; the first is 0."),
    ("cities/gdansk.yaml", "source: 1", "source: first", "cities · gdansk · key_figures.0.source: The number of a source is expected, from 0."),
    ("cities/gdansk.yaml", "source: 1", "source:", "cities · gdansk · key_figures.0.source: The number of a source is expected, from 0."),
    # choices
    ("networks.yaml", "kind: city-network", "kind: club", "networks.yaml · hubs · kind: Value 'club' is not a valid choice."),
    ("networks.yaml", "scope: european", "scope: national", "networks.yaml · hubs: A national network has a country, and no other network has one."),
    ("memberships.csv", "member,2016", "mamber,2016", "memberships.csv · hubs,gdansk · role: Value 'mamber' is not a valid choice."),
    ("memberships.csv", "yes", "perhaps", "memberships.csv · hubs,gdansk · verified: “yes” or “no” is expected."),
    ("memberships.csv", "https://hubs.example/members", "", "memberships.csv · hubs,gdansk: Only a membership with a source can be confirmed."),
    ("approaches/a-council.yaml", "lead: municipality", "lead:", "approaches · a-council · lead: This field cannot be blank."),
    ("pages.yaml", "slug: about", "slug: contact", "pages.yaml · contact · slug: Value 'contact' is not a valid choice."),
    ("events.yaml", "online: true", "online: maybe", "events.yaml · a-meeting · online: “yes” or “no” is expected."),
    # dates
    ("networks.yaml", "founded: 2004", "founded: long ago", "networks.yaml · hubs · founded: “long ago” is no date. Write 2016, 2016-06 or 2016-06-30, as exactly as it is known."),
    ("networks.yaml", "founded: 2004", "founded: 2004-13", "networks.yaml · hubs · founded: “2004-13” is no date."),
    ("networks.yaml", "date: 2020-05", "date: May", "networks.yaml · hubs · sources.0.date: “May” is no date."),
    ("news.yaml", "date: '2024-05-01'", "date:", "news.yaml · an-item · date: This field cannot be blank."),
    ("initiatives.yaml", "ended: null", "ended: 2015", "initiatives.yaml · twins: The end must not be before the start."),
    ("approaches/a-council.yaml", "ended: null", "ended: 2015-12", "approaches · a-council: The end must not be before the start."),
    ("memberships.csv", "2016,", "2016,2015", "memberships.csv · hubs,gdansk: The end must not be before the start."),
    ("events.yaml", "12:00:00+02:00", "09:00:00+02:00", "events.yaml · a-meeting: The end must not be before the start."),
    ("events.yaml", "12:00:00+02:00", "12:00:00", "events.yaml · a-meeting · end: A time with its offset is expected: 2021-10-21T10:00:00+02:00."),
    ("events.yaml", "'2021-10-21T10:00:00+02:00'", "tomorrow", "events.yaml · a-meeting · start: A time with its offset is expected: 2021-10-21T10:00:00+02:00."),
    ("events.yaml", "start: '2021-10-21T10:00:00+02:00'", "start:", "events.yaml · a-meeting · start: A time with its offset is expected: 2021-10-21T10:00:00+02:00."),
    ("events.yaml", "Europe/Berlin", "Europe/Atlantis", "events.yaml · a-meeting · timezone: “Europe/Atlantis” is no time zone."),
    ("events.yaml", "Europe/Berlin", "/etc/passwd", "events.yaml · a-meeting · timezone: “/etc/passwd” is no time zone."),
    ("news.yaml", "slug: an-item", "slug: an-item\n  published_at: soon", "news.yaml · an-item · published_at: "),
    ("news.yaml", "slug: an-item", "slug: an-item\n  published_at: '2030-01-01T10:00:00'", "news.yaml · an-item · published_at: A time with its offset is expected: 2021-10-21T10:00:00+02:00."),
    ("news.yaml", "slug: an-item", "slug: an-item\n  status: secret", "news.yaml · an-item · status: Value 'secret' is not a valid choice."),
    # addresses
    ("networks.yaml", "https://hubs.example/", "hubs", "networks.yaml · hubs · website: Enter a valid URL."),
    ("networks.yaml", "https://hubs.example/", "javascript:alert(1)", "networks.yaml · hubs · website: Enter a valid URL."),
    ("networks.yaml", "https://source.example/", "source", "networks.yaml · hubs · sources.0.url: Enter a valid URL."),
    # texts
    ("networks.yaml", "fr: Les", "xx: Les", "networks.yaml · hubs · name: “xx” is none of the languages en, fr, de, el, it, pl, es."),
    ("networks.yaml", "en: A network.", "en: [A, network]", "networks.yaml · hubs · summary.en: A single value is expected."),
    ("networks.yaml", "en: A network.", "en: {a: network}", "networks.yaml · hubs · summary.en: A single value is expected."),
    ("networks.yaml", "en: A network.", "en: yes", "networks.yaml · hubs · summary.en: A text is expected: put the word in quotation marks."),
    ("networks.yaml", "en: A network.", 'en: "A\\0network"', "networks.yaml · hubs · summary.en: The text holds a character that no text can hold."),
    ("networks.yaml", "summary:\n    en: A network.", "summary: A network.", "networks.yaml · hubs · summary: A text for each language is expected."),
    ("networks.yaml", "summary:\n    en: A network.", "summary: [A network.]", "networks.yaml · hubs · summary: A text for each language is expected."),
    ("networks.yaml", "summary:\n    en: A network.", "summary:", "networks.yaml · hubs · summary"),
    ("networks.yaml", "en: A network.", "pl: Sieć.", "networks.yaml · hubs · summary"),
    ("networks.yaml", "acronym: HUBS", "acronym: [HUBS]", "networks.yaml · hubs · acronym: A single value is expected."),
    ("networks.yaml", "acronym: HUBS", "acronym: " + "x" * 51, "networks.yaml · hubs · acronym: Ensure this value has at most 50 characters (it has 51)."),
    ("networks.yaml", "en: Hubs", "en: " + "x" * 201, "networks.yaml · hubs · name.en: Ensure this value has at most 200 characters (it has 201)."),
    ("networks.yaml", "acronym: HUBS", "akronym: HUBS", "networks.yaml · hubs · akronym: There is no such field."),
    ("networks.yaml", "publisher: Publisher", "editor: Publisher", "networks.yaml · hubs · sources.0.editor: There is no such field."),
    ("networks.yaml", "publisher: Publisher", "publisher: " + "x" * 201, "networks.yaml · hubs · sources.0.publisher: Ensure this value has at most 200 characters (it has 201)."),
    ("networks.yaml", "  - title: Source", "  - just a title\n  - title: Source", "networks.yaml · hubs · sources.0: A list of keys with their values is expected."),
    ("networks.yaml", "title: Source", "title:", "networks.yaml · hubs · sources.0.title: This field cannot be blank."),
    # lists
    ("organisations.yaml", "networks:\n  - hubs", "networks: hubs", "organisations.yaml · helpers · networks: A list is expected."),
    ("organisations.yaml", "- hubs", "- hubs\n  - hubs", "organisations.yaml · helpers · networks: “hubs” is named twice."),
    ("organisations.yaml", "- hubs", "- {network: hubs, since: 2020, until: 2019}", "organisations.yaml · helpers · networks.0: The end must not be before the start."),
    ("organisations.yaml", "- hubs", "- {network: hubs, verified: true}", "organisations.yaml · helpers · networks.0: Only a membership with a source can be confirmed."),
    ("organisations.yaml", "- hubs", "- {role: member}", "organisations.yaml · helpers · networks.0.network: This field cannot be null."),
    ("organisations.yaml", "- hubs", "- {a: b}", "organisations.yaml · helpers · networks.0.a: There is no such field."),
    ("initiatives.yaml", "- gdansk\n  - lublin", "- gdansk\n  - gdansk\n  - lublin", "initiatives.yaml · twins · municipalities.1: This municipality takes part already."),
    ("initiatives.yaml", "pairs:\n  - - lublin\n    - gdansk", "pairs: 5", "initiatives.yaml · twins · pairs: A list is expected."),
    ("initiatives.yaml", "pairs:\n  - - lublin\n    - gdansk", "pairs: [[lublin]]", "initiatives.yaml · twins · pairs: A pair is a list of two municipalities."),
    ("initiatives.yaml", "  - - lublin", "  - - atlantis", "initiatives.yaml · twins · pairs: “atlantis” is in a pair but does not take part."),
    ("initiatives.yaml", "  - - lublin", "  - - gdansk", "initiatives.yaml · twins · pairs.0: A pair is made of two different municipalities."),
    ("events.yaml", "organisers:\n  - Hubs", "organisers: Hubs", "events.yaml · a-meeting · organisers: A list is expected."),
    ("events.yaml", "organisers:\n  - Hubs", "organisers: [{a: b}]", "events.yaml · a-meeting · organisers: A single value is expected."),
    ("events.yaml", "organisers:\n  - Hubs", 'organisers: ["Hubs\\nand more"]', "events.yaml · a-meeting · organisers: Each text of the list fits on one line."),
    ("cities/gdansk.yaml", "key: context", "key: history", "cities · gdansk · sections.0: There is no section “history”."),
    ("cities/gdansk.yaml", "key: context", "key: [context]", "cities · gdansk · sections.0: There is no section “['context']”."),
    ("cities/gdansk.yaml", "key: strategy", "key: context", "cities · gdansk · sections.1: This section occurs twice."),
    ("cities/gdansk.yaml", "key: context", "key: context\n  note: x", "cities · gdansk · sections.0: A section has a key and a body."),
    ("cities/gdansk.yaml", "- en: Listen.", "- Listen.", "cities · gdansk · takeaways.1: A text for each language is expected."),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), SLIPS)
def test_an_error_is_named_with_its_place(folder, file, old, new, said):
    folder.replace(file, old, new)

    errors = folder.errors()

    assert [error for error in errors if error.startswith(said)], errors
    assert len(errors) == 1, errors
    assert not Country.objects.exists()
    assert not ImportedEntry.objects.exists()


@pytest.mark.parametrize(
    "name", ["countries.yaml", "municipalities.csv", "municipality_names.csv", "memberships.csv", "news.yaml"]
)
@pytest.mark.parametrize(
    "content", [None, b"", b"\n", "Łódź".encode("cp1250"), bytes(range(256)), b"\x89PNG\r\n\x1a\n\0\0"]
)
def test_a_file_that_is_none_is_one_error(folder, name, content):
    if content is None:
        (folder.path / name).unlink()
    else:
        folder.write(name, content)

    errors = folder.errors()

    assert len(errors) == 1, errors
    assert errors[0].startswith(f"{name}: "), errors


@pytest.mark.parametrize("content", [b"", "Łódź".encode("cp1250"), bytes(range(256)), b"- a\n- b\n", b"text"])
@pytest.mark.parametrize("name", ["cities/gdansk.yaml", "approaches/a-council.yaml"])
def test_a_file_of_a_folder_that_is_none_is_one_error(folder, name, content):
    folder.write(name, content)

    (error,) = folder.errors()

    assert error.startswith((name, name.replace("/", " · ").removesuffix(".yaml"))), error


def test_an_entry_that_stands_twice_in_a_list_is_named(folder):
    folder.write("networks.yaml", folder.read("networks.yaml") * 2)

    assert folder.errors() == ["networks.yaml · hubs · slug: This entry occurs twice."]


@pytest.mark.parametrize("name", ["cities", "approaches"])
def test_a_missing_folder_is_an_error(folder, name):
    (folder.path / name).rename(folder.path / "elsewhere")

    assert folder.errors() == [f"{name}: There is no such folder."]


def test_all_errors_are_told_at_once(folder):
    folder.replace("networks.yaml", "kind: city-network", "kind: club")
    folder.replace("networks.yaml", "founded: 2004", "founded: long ago")
    folder.replace("networks.yaml", "https://source.example/", "source")
    folder.replace("networks.yaml", "en: A network.", "xx: A network.")
    folder.replace("municipalities.csv", "54.35", "91")
    folder.replace("municipalities.csv", "466631", "many")
    folder.replace("municipality_names.csv", "gdansk,de", "gdansk,xx")
    folder.replace("memberships.csv", "yes", "perhaps")
    folder.replace("organisations.yaml", "- hubs", "- hobs")
    folder.replace("cities/gdansk.yaml", "source: 1", "source: 7")
    folder.replace("cities/gdansk.yaml", "share: 25.4", "share: 254")
    folder.replace("approaches/a-council.yaml", "lead: municipality", "lead: nobody")
    folder.replace("approaches/a-council.yaml", "- housing", "- houses")
    folder.write("approaches/another.yaml", "title: [")
    folder.replace("pages.yaml", "slug: about", "slug: contact")

    places = sorted(error.split(": ")[0] for error in folder.errors())

    assert places == [
        "approaches · a-council · lead",
        "approaches · a-council · policy_areas",
        "approaches/another.yaml",
        "cities · gdansk · key_figures.0",
        "cities · gdansk · key_figures.0.source",
        "memberships.csv · hubs,gdansk · verified",
        "municipalities.csv · gdansk",
        "municipalities.csv · gdansk · population",
        "municipality_names.csv · gdansk,xx · language",
        "networks.yaml · hubs · founded",
        "networks.yaml · hubs · kind",
        "networks.yaml · hubs · sources.0.url",
        "networks.yaml · hubs · summary",
        "organisations.yaml · helpers · networks.0.network",
        "pages.yaml · contact · slug",
    ]


def test_a_broken_entry_is_not_blamed_on_those_that_name_it(folder):
    folder.replace("countries.yaml", "code: PL", "code: PL\n  capital: Warsaw")
    folder.replace("networks.yaml", "kind: city-network", "kind:")

    assert folder.errors() == [
        "countries.yaml · PL · capital: There is no such field.",
        "networks.yaml · hubs · kind: This field cannot be blank.",
    ]


def test_an_error_leaves_what_is_there_as_it_was(folder):
    folder.load()
    folder.replace("networks.yaml", "acronym: HUBS", "acronym: NEW")
    folder.replace("pages.yaml", "slug: about", "slug: contact")

    assert len(folder.errors()) == 1
    assert Network.objects.get().acronym == "HUBS"


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("import_content", tmp_path / "nowhere")


def test_a_table_from_a_spreadsheet_is_read(folder):
    folder.write("municipalities.csv", ("\ufeff" + folder.read("municipalities.csv")).encode())
    folder.write("memberships.csv", folder.read("memberships.csv").replace("\n", "\r\n"))

    folder.load()

    assert City.objects.count() == 2
