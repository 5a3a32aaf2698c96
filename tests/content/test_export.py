"""What is exported is what was imported: import, export and import again is a fixed point."""

import io

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from approaches.models import Approach
from cities.models import City, Profile
from networks.models import Network, OrganisationMembership
from news.models import News
from pages.content import content_files
from publishing.models import ImportedEntry
from tests.content.parsing import parsed

pytestmark = pytest.mark.django_db


def clear():
    """Take all content out of the database."""
    OrganisationMembership.objects.all().delete()
    for file in reversed(content_files()):
        file.model._base_manager.all().delete()
    ImportedEntry.objects.all().delete()


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_export_of_a_fresh_import_differs_in_nothing_but_order_and_quoting(folder, export):
    folder.load()

    exported = parsed(export())
    exported.pop("glossary.yaml")

    assert exported == parsed(folder.path)


def test_exporting_twice_writes_the_same(folder, export):
    folder.load()

    assert files(export("one")) == files(export("two"))


def test_import_and_export_are_a_fixed_point(folder, export):
    folder.load()
    once = export("once")
    clear()

    call_command("import_content", once, verbosity=0, stdout=io.StringIO())

    assert files(export("twice")) == files(once)


def test_an_export_over_the_files_changes_nothing_for_the_next_import(folder, export):
    folder.load()
    export("content")

    said = folder.load()

    assert "0 entries are new, 0 have changed." in said


def test_a_draft_is_exported_as_a_draft_and_comes_back_as_one(folder, export):
    folder.load()
    News.objects.update(status="review")
    Network.objects.update(status="archived")
    Profile.objects.update(status="draft")
    City.objects.filter(slug="lublin").update(status="draft")
    exported = export()
    clear()

    call_command("import_content", exported, verbosity=0, stdout=io.StringIO())

    assert News.objects.get().status == "review"
    assert Network.objects.get().status == "archived"
    assert Profile.objects.get().status == "draft"
    assert dict(City.objects.values_list("slug", "status")) == {"gdansk": "published", "lublin": "draft"}
    assert files(export("again")) == files(exported)


def test_a_date_in_the_future_is_exported_and_comes_back(folder, export):
    folder.replace("news.yaml", "slug: an-item", "slug: an-item\n  published_at: '2999-01-01T10:00:00+01:00'")
    folder.load()
    exported = export()
    clear()

    call_command("import_content", exported, verbosity=0, stdout=io.StringIO())

    assert News.objects.get().published_at.isoformat() == "2999-01-01T09:00:00+00:00"


def test_what_is_public_says_nothing_of_its_publication(folder, export):
    folder.load()

    assert "status" not in (export() / "news.yaml").read_text(encoding="utf-8")


def test_optional_values_are_exported(folder, export):
    folder.replace(
        "events.yaml",
        "online: true",
        "online: false\n  place: Town Hall\n  cities: [gdansk]\n  networks: [hubs]\n  policy_areas: [housing]",
    )
    folder.load()

    (event,) = parsed(export())["events.yaml"]

    assert (event["place"], event["cities"], event["networks"], event["policy_areas"], event["online"]) == (
        "Town Hall",
        ["gdansk"],
        ["hubs"],
        ["housing"],
        False,
    )


def test_typography_survives(folder, export):
    odd = "«\u00a0Où\u00a0?\u202f» ’s “A” — “”: # - 'x' \" \\ 25\u00a0% & <b> \u2028 é 東京 🏙 yes null 012"
    folder.replace("networks.yaml", "en: A network.", "en: |-\n      " + odd.replace("\u2028", ""))
    folder.load()

    (network,) = parsed(export())["networks.yaml"]

    assert network["summary"]["en"] == odd.replace("\u2028", "")


def test_texts_that_look_like_something_else_stay_texts(folder, export):
    folder.replace("networks.yaml", "acronym: HUBS", "acronym: '2016-06-30'")
    folder.replace("networks.yaml", "en: Hubs", "en: 'no'")
    folder.load()

    exported = export()
    clear()
    call_command("import_content", exported, verbosity=0, stdout=io.StringIO())

    network = Network.objects.get()
    assert (network.acronym, network.name_en) == ("2016-06-30", "no")


def test_an_entry_that_is_gone_leaves_no_file_behind(folder, export):
    folder.load()
    export()
    Approach.objects.all().delete()

    assert not list((export() / "approaches").iterdir())


def test_the_export_says_what_it_wrote(folder, tmp_path):
    folder.load()
    output = io.StringIO()

    call_command("export_content", tmp_path / "new" / "folder", stdout=output)

    assert "1  networks" in output.getvalue()
    assert (tmp_path / "new" / "folder" / "glossary.yaml").exists()


def test_an_export_to_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError, match="is no folder"):
        call_command("export_content", tmp_path / "file")


def test_an_empty_database_is_exported_and_imported(export):
    exported = export()

    call_command("import_content", exported, verbosity=0, stdout=io.StringIO())

    assert not City.objects.exists()


def test_the_whole_content_is_exported_as_it_is(content, export):
    exported = export()

    assert parsed(exported) == parsed(settings.CONTENT_DIR)
    assert Network.objects.published().count() > 30
    again = io.StringIO()
    call_command("import_content", exported, verbosity=0, stdout=again)
    assert "0 entries are new, 0 have changed." in again.getvalue()


def test_a_membership_of_an_organisation_is_exported_with_all_that_is_known(folder, export):
    known = "networks:\n  - {network: hubs, role: secretariat, since: 2004, source_url: 'https://hubs.example/'}\n"
    folder.replace("organisations.yaml", "networks:\n  - hubs\n", known)
    folder.load()

    (exported,) = parsed(export())["organisations.yaml"]

    assert exported["networks"] == [
        {"network": "hubs", "role": "secretariat", "since": "2004", "source_url": "https://hubs.example/"}
    ]
