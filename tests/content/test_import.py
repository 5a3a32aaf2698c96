"""The import brings the files into the database, leaves editors' work alone, and changes nothing the second time."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from approaches.models import Approach
from cities.models import City, Profile
from networks.models import Initiative, Membership, Network, OrganisationMembership
from news.models import Event, News
from pages.models import Page
from publishing.models import ImportedEntry, Publishable

pytestmark = pytest.mark.django_db


def test_the_small_folder_arrives_whole(folder):
    said = folder.load()

    city = City.objects.get(slug="gdansk")
    assert (city.local_name, city.name_de, city.country.code, city.population) == (
        "Gdańsk",
        "Danzig",
        "PL",
        466631,
    )
    assert City.objects.get(slug="lublin").population is None
    profile = Profile.objects.get()
    assert profile.summary_fr == "<p>Une ville\u00a0!</p>"
    assert (profile.context_en, profile.cooperation_en) == ("<p>Before.</p>", None)
    assert [takeaway.text_en for takeaway in profile.takeaways.all()] == ["Ask people.", "Listen."]
    assert profile.key_figures.get().source.title == "Another source"
    network = Network.objects.get()
    assert network.description_en == "<p>One paragraph.</p><p>Another &amp; one.</p>"
    assert network.name_fr == "Les «\u00a0hubs\u00a0»"
    assert network.sources.get().date == "2020-05"
    membership = Membership.objects.get()
    assert (membership.since, membership.until, membership.verified) == (2016, None, True)
    pair = Initiative.objects.get().pairs.get()
    assert (pair.first.slug, pair.second.slug) == ("lublin", "gdansk")
    event = Event.objects.get()
    assert event.local_start().isoformat() == "2021-10-21T10:00:00+02:00"
    assert event.event_languages.splitlines() == ["en", "de"]
    assert all(record.is_public() for record in [city, profile, network, event])
    assert "15 entries are new, 0 have changed." in said


def test_the_import_reports_what_the_files_hold(folder):
    said = folder.load()

    counted = {what: number for number, what in (line.split(maxsplit=1) for line in said.splitlines()[:-1])}
    assert counted == {
        "countries": "1",
        "cities": "2",
        "countries with municipalities": "1",
        "names in other languages": "1",
        "city profiles": "1",
        "networks": "1",
        "memberships": "1",
        "confirmed memberships": "1",
        "organisations": "1",
        "initiatives": "1",
        "declarations": "1",
        "policy areas": "1",
        "local approaches": "1",
        "commitments": "1",
        "news": "1",
        "events": "1",
        "pages": "1",
    }


def test_a_second_import_changes_nothing(folder):
    folder.load()
    before = list(City.objects.order_by("pk").values())

    with CaptureQueriesContext(connection) as queries:
        said = folder.load()

    written = {
        query["sql"].split('"')[1]
        for query in queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    }
    assert written <= {ImportedEntry._meta.db_table}
    assert list(City.objects.order_by("pk").values()) == before
    assert "0 entries are new, 0 have changed." in said


def test_a_change_in_the_files_changes_that_entry_alone(folder):
    folder.load()
    untouched = Network.objects.get().updated_at
    folder.replace("municipalities.csv", "466631", "470000")

    said = folder.load()

    assert "0 entries are new, 1 have changed." in said
    assert City.objects.get(slug="gdansk").population == 470000
    assert Network.objects.get().updated_at == untouched


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("networks.yaml", "https://source.example/", "https://other.example/"),
        ("memberships.csv", ",yes", ",no"),
        ("memberships.csv", "2016", ""),
        ("municipality_names.csv", "gdansk,de,Danzig\n", ""),
        ("municipality_names.csv", "Danzig", "Dantzig"),
        ("cities/gdansk.yaml", "Listen.", "Hear."),
        ("cities/gdansk.yaml", "source: 1", "source: 0"),
        ("approaches/a-council.yaml", "policy_areas:\n- housing", "policy_areas: []"),
        ("initiatives.yaml", "pairs:\n  - - lublin\n    - gdansk", "pairs: []"),
    ],
)
def test_any_change_is_seen_once(folder, file, old, new):
    folder.load()
    folder.replace(file, old, new)

    assert "0 entries are new, 1 have changed." in folder.load()
    assert "0 entries are new, 0 have changed." in folder.load()


def test_a_value_that_the_files_no_longer_have_is_gone(folder):
    folder.replace("events.yaml", "online: true", "online: true\n  place: Town Hall\n  cities: [gdansk]")
    folder.load()
    folder.replace("events.yaml", "  place: Town Hall\n  cities: [gdansk]\n", "")
    folder.replace("municipality_names.csv", "gdansk,de,Danzig\n", "")

    folder.load()

    event = Event.objects.get()
    assert (event.place, event.cities.count()) == ("", 0)
    assert City.objects.get(slug="gdansk").name_de is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("'2021-10-21T10:00:00+02:00'", "2021-10-21T08:00:00Z"),
        ("'2021-10-21T10:00:00+02:00'", "2021-10-21T04:00:00-04:00"),
        ("online: true", "online: yes"),
        ("online: true", "online: 'yes'"),
        ("online: true", "status: published\n  online: true"),
        ("online: true", "published_at: '2020-01-01T10:00:00+01:00'\n  online: true"),
        ("languages:", "place: ''\n  networks: []\n  cities:\n  languages:"),
    ],
)
def test_another_way_of_saying_the_same_is_no_change(folder, old, new):
    folder.load()
    folder.replace("events.yaml", old, new)

    assert "0 entries are new, 0 have changed." in folder.load()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("events.yaml", "online: true", "online:"),
        ("memberships.csv", "member,2016,,https://hubs.example/members,yes", ",,,,"),
        (
            "networks.yaml",
            "en: 'One paragraph.",
            "fr: '<div>Fish &amp; chips</div>'\n    en: 'One paragraph.",
        ),
        ("networks.yaml", "summary:\n    en: A network.", "summary:\n    en: ' A network. '\n    pl: ' '"),
        ("news.yaml", "en: It happened.", 'en: "It\\r\\n\\r\\nhappened.\\n \\nAgain."'),
        ("cities/gdansk.yaml", "value: 466631", "value: '466631.50'"),
        ("cities/gdansk.yaml", "share: 25.4", "share: 25"),
        ("events.yaml", "Europe/Berlin", "Asia/Kathmandu"),
        (
            "news.yaml",
            "slug: an-item",
            "slug: an-item\n  status: draft\n  published_at: 2020-01-01 10:00:00+01:00",
        ),
        ("news.yaml", "slug: an-item", "slug: an-item\n  published_at: '2999-01-01T10:00:00+01:00'"),
    ],
)
def test_whatever_the_files_say_the_second_import_finds_it_unchanged(folder, file, old, new):
    folder.replace(file, old, new)
    folder.load()

    assert "0 entries are new, 0 have changed." in folder.load()


def test_postgresql_counts_its_tables_after_an_import_that_changed_them(folder):
    def counted():
        with CaptureQueriesContext(connection) as queries:
            folder.load()
        return "ANALYZE" in [query["sql"] for query in queries]

    assert counted() == (connection.vendor == "postgresql")
    assert not counted()


# What editors have changed


def edit(**fields):
    network = Network.objects.get()
    for name, value in fields.items():
        setattr(network, name, value)
    network.save()


LEFT_ALONE = "networks.yaml · hubs: changed by an editor, so not imported over"


def test_what_an_editor_has_changed_is_left_alone_and_reported(folder):
    folder.load()
    edit(acronym="EDITED")
    folder.replace("networks.yaml", "founded: 2004", "founded: 2005")

    said = folder.load()

    assert LEFT_ALONE in said
    assert (Network.objects.get().acronym, Network.objects.get().founded) == ("EDITED", "2004")
    assert LEFT_ALONE in folder.load()


def test_a_change_of_a_row_is_a_change_of_its_entry(folder):
    folder.load()
    Network.objects.get().sources.update(title="A better title")

    assert LEFT_ALONE in folder.load()
    assert Network.objects.get().sources.get().title == "A better title"


def test_an_unpublished_entry_stays_unpublished(folder):
    folder.load()
    Network.objects.all().archive()

    assert LEFT_ALONE in folder.load()
    assert Network.objects.get().status == Publishable.Status.ARCHIVED


def test_a_change_that_an_editor_takes_back_is_none(folder):
    folder.load()
    edit(acronym="EDITED")
    edit(acronym="HUBS")
    folder.replace("networks.yaml", "founded: 2004", "founded: 2005")

    assert "1 have changed" in folder.load()
    assert Network.objects.get().founded == "2005"


def test_the_same_change_by_editor_and_files_is_none(folder):
    folder.load()
    edit(founded="2005")
    folder.replace("networks.yaml", "founded: 2004", "founded: 2005")

    assert "by an editor" not in folder.load()
    folder.replace("networks.yaml", "founded: 2005", "founded: 2006")
    assert "1 have changed" in folder.load()


def test_what_an_editor_has_deleted_stays_deleted_and_is_reported(folder):
    folder.load()
    News.objects.all().delete()

    said = folder.load()

    assert "news.yaml · an-item: deleted by an editor, so not imported again" in said
    assert not News.objects.exists()


def test_what_editors_have_written_themselves_is_left_alone(folder):
    folder.load()
    Network.objects.create(slug="new", name_en="New", kind="campaign", scope="global", summary_en="New.")

    folder.load()

    assert Network.objects.get(slug="new").name_en == "New"


def test_what_was_there_before_the_first_import_is_left_alone(folder):
    Network.objects.create(slug="hubs", name_en="Mine", kind="campaign", scope="global", summary_en="Mine.")

    said = folder.load()

    assert LEFT_ALONE in said
    assert Network.objects.get().name_en == "Mine"


def test_overwriting_replaces_what_editors_have_changed(folder):
    folder.load()
    edit(acronym="EDITED", status=Publishable.Status.DRAFT)
    Network.objects.get().sources.all().delete()
    News.objects.all().delete()

    said = folder.load(overwrite=True)

    network = Network.objects.get()
    assert (network.acronym, network.is_public(), network.sources.count()) == ("HUBS", True, 1)
    assert News.objects.exists()
    assert "by an editor" not in said
    assert "0 entries are new, 0 have changed." in folder.load()


def test_overwriting_makes_public_what_had_a_date_in_the_future(folder):
    folder.load()
    edit(published_at=timezone.now() + timedelta(days=9))

    folder.load(overwrite=True)

    assert Network.objects.get().is_public()


# Options


def test_a_dry_run_keeps_nothing(folder):
    said = folder.load(dry_run=True)

    assert "This was a dry run: nothing was kept." in said
    assert "15 entries are new" in said
    assert not City.objects.exists()
    assert not ImportedEntry.objects.exists()


def test_a_dry_run_finds_errors_too(folder):
    folder.replace("networks.yaml", "kind: city-network", "kind: club")

    assert len(folder.errors(dry_run=True)) == 1


def test_files_that_have_not_changed_are_not_read_again(folder):
    folder.load(if_changed=True)

    with CaptureQueriesContext(connection) as queries:
        said = folder.load(if_changed=True)

    assert said.strip() == "The content files have not changed since the last import."
    assert len(queries) == 1


def test_files_that_have_changed_are_read(folder):
    folder.load(if_changed=True)
    folder.replace("networks.yaml", "founded: 2004", "founded: 2005")

    folder.load(if_changed=True)

    assert Network.objects.get().founded == "2005"


def test_a_dry_run_does_not_count_as_an_import(folder):
    folder.load(dry_run=True)

    assert "entries are new" in folder.load(if_changed=True)


def test_progress_is_shown(folder):
    output = io.StringIO()

    call_command("import_content", folder.path, stdout=output)

    assert "municipalities.csv" in output.getvalue()
    assert "2 of 2" in output.getvalue()


def test_nothing_but_the_summary_is_said_when_quiet(folder):
    assert "2 of 2" not in folder.load()


# Publication


def test_a_draft_comes_as_a_draft(folder):
    folder.replace("news.yaml", "slug: an-item", "slug: an-item\n  status: draft")

    folder.load()

    assert News.objects.get().status == Publishable.Status.DRAFT
    assert not News.objects.published().exists()


def test_a_date_in_the_future_survives(folder):
    folder.replace("news.yaml", "slug: an-item", "slug: an-item\n  published_at: '2999-01-01T10:00:00+01:00'")

    folder.load()

    assert News.objects.get().published_at.isoformat() == "2999-01-01T09:00:00+00:00"
    assert not News.objects.get().is_public()


def test_related_entries_may_name_each_other_in_any_order(folder):
    approach = folder.read("approaches/a-council.yaml")
    folder.write("approaches/a-council.yaml", approach.replace("related: []", "related: [zebra]"))
    folder.write("approaches/zebra.yaml", approach.replace("related: []", "related: [a-council]"))

    folder.load()

    assert [str(other.slug) for other in Approach.objects.get(slug="a-council").related.all()] == ["zebra"]


def test_a_page_keeps_its_markup(folder):
    folder.load()

    assert Page.objects.get().body == "<h2>This</h2><p>and that.</p>"


def test_nothing_of_a_folder_with_an_error_is_imported(folder):
    folder.replace("pages.yaml", "slug: about", "slug: contact")

    folder.errors()

    assert not any(model.objects.exists() for model in (City, Network, Approach, News, Page, ImportedEntry))


MEMBERSHIP = """networks:
  - network: hubs
    role: founder
    since: 2004
    source_url: https://hubs.example/members
    verified: true
"""


def test_an_organisation_may_name_its_networks_only(folder):
    folder.load()

    membership = OrganisationMembership.objects.get()
    assert (membership.network.slug, membership.role, membership.since) == ("hubs", "member", None)
    assert (membership.source_url, membership.verified) == ("", False)


def test_a_membership_of_an_organisation_has_role_years_and_source(folder):
    folder.load()
    before = OrganisationMembership.objects.get()
    folder.replace("organisations.yaml", "networks:\n  - hubs\n", MEMBERSHIP)

    folder.load()

    membership = OrganisationMembership.objects.get()
    assert membership.pk == before.pk
    assert (membership.role, membership.since, membership.until) == ("founder", 2004, None)
    assert membership.verified


def test_a_membership_that_the_file_no_longer_names_goes(folder):
    folder.load()
    folder.replace("organisations.yaml", "networks:\n  - hubs\n", "networks: []\n")

    folder.load()

    assert not OrganisationMembership.objects.exists()
