"""Members of a network from a list, and the work list of unconfirmed memberships, as an editor meets them."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cities.models import City
from networks.models import Membership, OrganisationMembership, Roll
from tests.admin.test_actions import names, run
from tests.factories import (
    make_city,
    make_country,
    make_membership,
    make_network,
    make_organisation_membership,
    make_person,
)

UNCONFIRMED = "/admin/networks/membership/unconfirmed/"


def address_of(network):
    return f"/admin/networks/network/{network.pk}/members/"


def send_list(client, network, text="", **fields):
    """Sends the form of a list; gives the answer."""
    return client.post(address_of(network), {"text": text, "role": "member"} | fields)


def open_preview(client, network, text, **fields):
    """Sends a list that is accepted; gives the address of its preview and the preview."""
    sent = send_list(client, network, text, **fields)
    assert sent.status_code == 302, sent.context["form"].errors
    return sent.url, client.get(sent.url)


def decide(client, address, action="confirm", **fields):
    """Presses a button of a preview."""
    mark = client.get(address).context["comparison"].mark
    return client.post(address, {"mark": mark, "action": action} | fields, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


# Taking a list


def test_the_form_of_a_network_leads_to_the_list(editing):
    network = make_network()

    page = editing.get(f"/admin/networks/network/{network.pk}/change/").content.decode()

    assert address_of(network) in page
    assert f"{UNCONFIRMED}?network={network.slug}" in page
    assert editing.get(address_of(network)).status_code == 200


def test_nothing_is_written_before_the_preview_is_confirmed(editing):
    network, city = make_network(), make_city("Gdańsk")

    address, page = open_preview(editing, network, "Gdańsk; founder; 2010\nXanadu")

    assert page.status_code == 200
    assert "Xanadu" in page.content.decode()
    assert not Membership.objects.exists()
    assert said(decide(editing, address)) == ["1 membership is added."]
    membership = Membership.objects.get()
    assert (membership.city, membership.role, membership.since) == (city, "founder", 2010)
    assert not membership.verified
    assert editing.get(address).status_code == 404


def test_a_list_may_come_as_a_file(editing):
    network = make_network()
    make_city("Łódź"), make_city("Αθήνα")
    file = SimpleUploadedFile("members.csv", "municipality,since\nŁódź,2001\nΑθήνα,\n".encode("utf-8-sig"))

    address, _page = open_preview(editing, network, "", file=file)
    decide(editing, address)

    assert set(Membership.objects.values_list("city__local_name", "since")) == {
        ("Łódź", 2001),
        ("Αθήνα", None),
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "The list is empty."),
        ("Palermo\n" * 100_000, "The list has 100,000 lines; 5,000 can be taken at a time."),
        ("<table><tr><td>Palermo</td></tr></table>", "is the source code of a web page"),
        ("municipality;role", "names its columns, and nobody"),
    ],
)
def test_a_text_that_is_no_list_is_answered_clearly(editing, text, reason):
    response = send_list(editing, make_network(), text)

    assert response.status_code == 400
    assert reason in str(response.context["form"].errors["text"])
    assert not Roll.objects.exists()


def test_a_list_that_is_too_large_to_be_read_is_answered_clearly(editing):
    response = send_list(editing, make_network(), "Palermo in Sicily\n" * 200_000)

    assert response.status_code == 413
    assert "at most 5,000 lines and 2 MB" in response.content.decode()
    assert not Roll.objects.exists()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"since": "1066"}, "since"),
        ({"since": "soon"}, "since"),
        ({"role": "king"}, "role"),
        ({"country": "XX"}, "country"),
        ({"source": "no address"}, "source"),
        ({"confirms": "on"}, "source"),
        ({"earlier": "<p>Palermo</p>"}, "earlier"),
        ({"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04\0\0")}, "file"),
        ({"text": "Palermo\0"}, "text"),
    ],
)
def test_wrong_values_are_marked(editing, fields, wrong):
    text = "" if "file" in fields else "Palermo"

    response = send_list(editing, make_network(), **{"text": text} | fields)

    assert response.status_code == 400
    assert wrong in response.context["form"].errors


def test_a_list_of_a_national_network_is_of_its_country(editing):
    country = make_country("Poland", "PL")
    network = make_network(scope="national", country=country)

    assert editing.get(address_of(network)).context["form"]["country"].value() == "PL"


def test_lists_that_nobody_confirms_are_forgotten(editing, editor):
    network = make_network()
    old = Roll.objects.create(
        network=network, user=editor, lines=[], created_at=timezone.now() - timedelta(days=2)
    )

    send_list(editing, network, "Palermo")

    assert not Roll.objects.filter(pk=old.pk).exists()
    assert Roll.objects.count() == 1


# Deciding


def test_an_editor_decides_about_unsure_and_unknown_names(editing):
    network, country = make_network(), make_country("Poland", "PL")
    city = make_city("Thessaloniki")
    address, _page = open_preview(editing, network, "Thesaloniki\nXanadu\nNobody")

    answer = decide(
        editing,
        address,
        line=["1", "2", "3"],
        **{"take-1": f"city:{city.pk}", "take-2": "new", "country-2": "Poland", "slug-2": "xanadu"},
    )

    assert said(answer) == ["2 memberships are added.", "1 municipality is created as a draft."]
    draft = City.objects.get(slug="xanadu")
    assert (draft.country, draft.status) == (country, "draft")
    assert set(network.memberships.values_list("city", flat=True)) == {city.pk, draft.pk}


def test_decisions_are_kept_from_one_page_to_the_next(editing):
    network, city = make_network(), make_city("Harbour")
    text = "\n".join(f"Unknown {number}" for number in range(60))
    address, page = open_preview(editing, network, text)
    assert page.context["pages"]["asking"].paginator.num_pages == 2

    editing.post(address, {"line": ["1"], "take-1": "named", "named-1": "harbour", "go-asking": "2"})
    page = editing.post(address, {"line": ["55"], "take-55": "leave", "at-asking": "2"})

    assert page.context["pages"]["asking"].number == 2
    assert said(decide(editing, address)) == ["1 membership is added."]
    assert network.memberships.get().city == city


def test_a_sure_name_can_be_left_out(editing):
    network = make_network()
    make_city("Palermo"), make_city("Gdańsk")
    address, _page = open_preview(editing, network, "Palermo\nGdańsk")

    decide(editing, address, line=["1", "2"], **{"take-1": "leave"})

    assert [membership.city.slug for membership in network.memberships.all()] == ["gdansk"]


def test_drafts_are_chosen_for_all_unknown_names_that_have_a_country(editing):
    network = make_network()
    make_country("Poland", "PL")
    address, _page = open_preview(editing, network, "Xanadu (PL)\nShangri-La\nKrasnodar; PL")

    page = decide(editing, address, "create-all")

    assert [entry.outcome for entry in page.context["comparison"].entries] == [
        "created",
        "unknown",
        "created",
    ]
    assert not City.objects.exists()


def test_a_decision_that_lacks_something_stops_the_writing(editing):
    network = make_network()
    make_city("Palermo")
    address, _page = open_preview(editing, network, "Palermo\nXanadu")

    answer = decide(editing, address, line=["2"], **{"take-2": "new", "slug-2": "xanadu"})

    assert said(answer) == ["Nothing is written yet: some of your decisions lack something."]
    assert "A draft needs a country" in answer.content.decode()
    assert not Membership.objects.exists()


def test_a_change_meanwhile_stops_the_writing(editing):
    network, city = make_network(), make_city("Palermo")
    address, page = open_preview(editing, network, "Palermo")
    make_membership(network, city)

    answer = editing.post(
        address, {"mark": page.context["comparison"].mark, "action": "confirm"}, follow=True
    )

    assert "has changed meanwhile" in said(answer)[0]
    assert network.memberships.count() == 1


def test_cancelling_writes_nothing(editing):
    network = make_network()
    make_city("Palermo")
    address, _page = open_preview(editing, network, "Palermo")

    assert said(decide(editing, address, "cancel")) == ["Nothing was changed."]
    assert not Roll.objects.exists()
    assert not Membership.objects.exists()


def test_members_who_left_get_the_year_of_their_end(editing):
    network = make_network()
    make_city("Palermo")
    left = [make_membership(network, since=2000) for _ in range(3)]
    late = make_membership(network, since=2022)
    address, _page = open_preview(editing, network, "Palermo", is_complete="on")

    page = decide(editing, address, "end-all", year="2020")
    assert said(page) == []
    answer = decide(editing, address)
    assert said(answer) == ["Nothing is written yet: some of your decisions lack something."]

    keys = [f"city:{membership.city_id}" for membership in (left[0], late)]
    answer = decide(editing, address, member=keys, **{f"year-{keys[0]}": "2019", f"year-{keys[1]}": ""})

    assert said(answer) == ["1 membership is added.", "3 memberships have ended."]
    assert [Membership.objects.get(pk=row.pk).until for row in (*left, late)] == [2019, 2020, 2020, None]


def test_a_preview_names_who_is_new_and_what_differs(editing):
    network = make_network()
    make_membership(network, make_city("Palermo"), since=2015), make_city("Riace")
    text = "Palermo; 2010\nRiace"

    _address, page = open_preview(editing, network, text, earlier="Palermo\nGdańsk")

    page = page.content.decode()
    assert "since: 2015 here, 2010 in the list" in page
    assert page.partition('id="joined"')[2].partition("</section>")[0].count("<li>") == 1
    assert "Gdańsk" in page.partition('id="left"')[2]


def test_what_differs_is_named_where_a_membership_gets_something_else(editing):
    network = make_network()
    make_membership(network, make_city("Athens"), since=None)

    _address, preview = open_preview(editing, network, "Athens; founder; 2010")

    page = preview.content.decode()
    assert "role: Member here, Founding member in the list" in page
    assert "2010" in page


def test_a_year_that_is_none_is_named(editing):
    network = make_network()
    membership = make_membership(network)
    address, _page = open_preview(editing, network, "Xanadu", is_complete="on")
    key = f"city:{membership.city_id}"

    answer = decide(editing, address, member=[key], **{f"year-{key}": "soon"})

    assert "“soon” is no year" in said(answer)[0]
    membership.refresh_from_db()
    assert membership.until is None


@pytest.mark.parametrize(
    "values", [{"line": ["9", "x"], "take-9": "new"}, {"member": ["city:9", "\0"]}, {"go-asking": "x"}]
)
def test_what_a_preview_never_asked_for_is_ignored(editing, values):
    network = make_network()
    address, _page = open_preview(editing, network, "Xanadu")

    assert editing.post(address, values).status_code == 200


def test_lists_are_for_those_who_write_memberships(client, editor):
    network = make_network()
    roll = Roll.objects.create(network=network, user=editor, lines=[])
    client.force_login(make_person("ewa", "Translators", ["pl"]))

    assert client.get(address_of(network)).status_code == 403
    assert client.get(f"{address_of(network)}{roll.pk}/").status_code == 403
    assert client.get(UNCONFIRMED).status_code == 403
    client.logout()
    assert client.get(address_of(network)).status_code == 302
    client.force_login(make_person("olga", "Editors"))
    assert client.get(f"{address_of(network)}{roll.pk}/").status_code == 404


def test_a_list_needs_its_token(editing):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = editing.cookies

    assert send_list(strict, make_network(), "Palermo").status_code == 403
    assert not Roll.objects.exists()


# The work list


def keys(page):
    return [row.key for _network, _source, rows in page.context["groups"] for row in rows]


def act(client, membership, action, query="", **fields):
    """Presses a button beside a membership of the work list; gives the list that follows."""
    rows = {row.key: row for _n, _s, rows in client.get(UNCONFIRMED).context["groups"] for row in rows}
    kind = "organisation" if isinstance(membership, OrganisationMembership) else "city"
    row = rows[f"{kind}:{membership.pk}"]
    data = {"key": row.key, "mark": row.mark, "after": row.after, "action": action} | fields
    return client.post(f"{UNCONFIRMED}{query}", data, follow=True)


def test_unconfirmed_memberships_of_both_kinds_are_listed_with_their_sources(editing):
    network = make_network("Harbours")
    first = make_membership(network, make_city("Gdańsk"), verified=False)
    second = make_organisation_membership(network, verified=False, source_url="")
    make_membership(network)
    former = make_membership(network, verified=False, until=2010)

    page = editing.get(UNCONFIRMED)

    assert set(keys(page)) == {f"city:{first.pk}", f"organisation:{second.pk}"}
    assert 'href="https://network.example/members"' in page.content.decode()
    assert f"city:{former.pk}" in keys(editing.get(UNCONFIRMED, {"former": "on"}))


def test_the_work_list_is_filtered(editing):
    network, country = make_network("Harbours"), make_country("Poland", "PL")
    here = make_membership(network, make_city(country=country), verified=False)
    make_membership(verified=False, source_url="")

    for query in ({"network": "harbours"}, {"country": "PL"}, {"sourced": "yes"}):
        assert keys(editing.get(UNCONFIRMED, query)) == [f"city:{here.pk}"]
    assert len(keys(editing.get(UNCONFIRMED, {"page": "99", "sourced": "maybe"}))) == 2


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"network": "nowhere"}, "“nowhere” is no value of the filter “Network” and was ignored."),
        ({"network": "\0"}, "is no value of the filter “Network” and was ignored."),
        ({"country": "XX"}, "“XX” is no value of the filter “Country” and was ignored."),
    ],
)
def test_an_unknown_value_of_the_work_list_is_named_and_ignored(editing, query, said):
    membership = make_membership(verified=False)

    page = editing.get(UNCONFIRMED, query)

    assert keys(page) == [f"city:{membership.pk}"]
    assert said in page.content.decode()


def test_a_membership_is_confirmed_with_one_button_and_the_next_one_follows(editing, editor):
    network = make_network()
    first = make_membership(network, make_city("Gdańsk"), verified=False)
    second = make_membership(network, make_city("Palermo"), verified=False)

    answer = act(editing, first, "confirm", query="?sourced=yes")

    first.refresh_from_db()
    assert first.verified
    assert answer.context["at"] == f"city:{second.pk}"
    assert "sourced=yes" in answer.request["QUERY_STRING"]
    assert "Confirmed:" in answer.content.decode()
    assert LogEntry.objects.get(user=editor).get_change_message() == "Changed confirmed."


def test_a_membership_without_a_source_needs_one_to_be_confirmed(editing):
    membership = make_organisation_membership(verified=False, source_url="")

    answer = act(editing, membership, "confirm", source="somewhere")
    assert "Give the address of the source" in answer.content.decode()
    act(editing, membership, "confirm", source="https://network.example/list")

    membership.refresh_from_db()
    assert (membership.verified, membership.source_url) == (True, "https://network.example/list")


def test_a_membership_that_is_over_ends_and_stays(editing):
    membership = make_membership(verified=False, since=2010)

    for year, reason in [("", "Give the year"), ("2005", "not be before"), ("soon", "is no year")]:
        assert reason in act(editing, membership, "end", year=year).content.decode()
    act(editing, membership, "end", year="2015")

    membership.refresh_from_db()
    assert (membership.until, membership.verified) == (2015, False)
    assert keys(editing.get(UNCONFIRMED)) == []


def test_what_never_was_a_membership_is_deleted_with_a_reason_that_is_kept(editing):
    membership = make_membership(verified=False)

    assert "Say why" in act(editing, membership, "delete", reason=" ").content.decode()
    act(editing, membership, "delete", reason="Another town of this name")

    assert not Membership.objects.exists()
    assert "Another town of this name" in LogEntry.objects.get(action_flag=DELETION).change_message
    history = editing.get(f"/admin/networks/network/{membership.network_id}/history/").content.decode()
    assert "Another town of this name" in history


def test_what_somebody_else_has_decided_is_not_decided_again(editing):
    membership = make_membership(verified=False)
    row = editing.get(UNCONFIRMED).context["groups"][0][2][0]
    Membership.objects.update(since=2015)

    data = {"key": row.key, "mark": row.mark, "action": "confirm"}
    answer = editing.post(UNCONFIRMED, data, follow=True)

    assert "Somebody else has decided" in answer.content.decode()
    membership.refresh_from_db()
    assert not membership.verified


@pytest.mark.parametrize("key", ["", "city:x", "city:0", "king:1", "city:" + "9" * 30])
def test_a_membership_that_is_none_is_answered(editing, key):
    data = {"key": key, "action": "confirm"}

    assert editing.post(UNCONFIRMED, data, follow=True).status_code == 200


@pytest.mark.parametrize("rows", [1, 20])
def test_the_work_list_takes_a_constant_number_of_queries(editing, rows, django_assert_num_queries):
    network = make_network()
    for _ in range(rows):
        make_membership(network, verified=False)
        make_organisation_membership(network, verified=False)
    editing.get(UNCONFIRMED)

    with django_assert_num_queries(13):
        assert len(keys(editing.get(UNCONFIRMED))) == 2 * rows


# Ending instead of deleting


def test_memberships_are_ended_many_at_once_and_never_deleted_so(editing):
    lasting, late, former = (
        make_membership(since=2000),
        make_membership(since=2021),
        make_membership(until=2001),
    )
    path = "networks/membership"

    assert run(editing, path, "end", lasting) == ["Give the year in which the memberships ended."]
    data = {"action": "end", "_selected_action": [row.pk for row in (lasting, late, former)], "year": "2020"}
    answer = editing.post(f"/admin/{path}/", data, follow=True)

    assert said(answer) == [
        "1 membership has ended.",
        "2 memberships had ended before or began later, and were left as they are.",
    ]
    assert [Membership.objects.get(pk=row.pk).until for row in (lasting, late, former)] == [2020, None, 2001]
    assert "delete_selected" not in editing.get(f"/admin/{path}/").content.decode()


def test_memberships_that_last_and_that_have_ended_are_listed(editing):
    lasting, ended = make_membership(), make_membership(until=2010)
    path = "networks/membership"

    assert names(editing, path, lasting="yes") == {str(lasting)}
    assert names(editing, path, lasting="no") == {str(ended)}
    assert names(editing, path, lasting="perhaps") == {str(lasting), str(ended)}


def test_deleting_a_membership_says_when_to_end_it_instead(editing):
    membership = make_membership()

    page = editing.get(f"/admin/networks/membership/{membership.pk}/delete/").content.decode()

    assert "Delete only what was entered wrongly" in page


def test_the_form_of_a_city_or_an_organisation_deletes_no_membership(editing):
    membership = make_membership()
    other = make_organisation_membership()

    for path in (
        f"cities/city/{membership.city_id}",
        f"networks/organisation/{other.organisation_id}",
        f"networks/network/{other.network_id}",
    ):
        assert "memberships-0-DELETE" not in editing.get(f"/admin/{path}/change/").content.decode()
