"""An editor adds members of a network from a list, ends memberships, and works through those to be confirmed."""

import re

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import expect

from cities.models import City, Country
from networks.models import Membership, Network

PASSWORD = "a long and invented password"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
UNCONFIRMED = "/admin/networks/membership/unconfirmed/"


@pytest.fixture
def editor(db):
    user = User.objects.create_user("anna", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    yield user
    user.delete()


@pytest.fixture
def network(db):
    """A network with two members, one of them unconfirmed."""
    network = Network.objects.create(
        slug="network-1", name_en="Network 1", summary_en="Invented.", kind="campaign", scope="global"
    )
    for slug, verified in [("gdansk", False), ("athens", True)]:
        Membership.objects.create(
            network=network,
            city=City.objects.get(slug=slug),
            source_url="https://n.example/",
            verified=verified,
        )
    yield network
    Membership.objects.filter(network=network).delete()
    network.delete()
    City.objects.filter(slug__startswith="xanadu").delete()


def sign_in(page):
    page.goto("/admin/")
    page.locator("#id_username").fill("anna")
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#user-tools").wait_for()


def fits(page):
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def said(page):
    page.locator(".messagelist").wait_for()
    page.wait_for_load_state()
    return page.locator(".messagelist li").all_inner_texts()


@pytest.mark.parametrize(
    ("viewport", "scripts"), [(DESK, True), (PHONE, True), (PHONE, False)], ids=["desk", "phone", "no-script"]
)
def test_a_list_is_sent_decided_and_written(new_page, axe, editor, network, viewport, scripts):
    page = new_page(viewport=viewport, java_script_enabled=scripts)
    sign_in(page)
    page.goto(f"/admin/networks/network/{network.pk}/change/")
    page.get_by_role("link", name="Members from a list").click()
    assert not scripts or (fits(page) and not axe(page))

    page.get_by_label("List", exact=True).fill("Danzig\nPalermo (Italia); founder; 2012\nFrankfurt\nXanadu")
    page.get_by_label("The list is complete").check()
    page.get_by_role("button", name="Show what it changes").click()

    page.locator("#adding").wait_for()
    page.wait_for_load_state()
    assert page.locator("#adding ~ table").inner_text().count("Palermo") == 1
    unsure = page.locator("fieldset", has_text="Frankfurt").first
    expect(unsure.get_by_role("radio")).to_have_count(5)
    unsure.get_by_role("radio", name="Frankfurt am Main").check()
    unknown = page.locator("fieldset", has_text="Xanadu")
    unknown.get_by_role("radio", name="New municipality").check()
    unknown.get_by_label("Country").fill("PL")
    page.get_by_label("Year in which the membership ended: Athens").fill("2019")
    assert not scripts or (fits(page) and not axe(page))
    assert network.memberships.count() == 2
    page.get_by_role("button", name="Write these changes").click()

    assert said(page) == [
        "3 memberships are added.",
        "1 municipality is created as a draft.",
        "1 membership has ended.",
    ]
    members = dict(network.memberships.values_list("city__slug", "until"))
    assert members == {
        "gdansk": None,
        "athens": 2019,
        "palermo": None,
        "frankfurt-am-main": None,
        "xanadu": None,
    }
    draft = City.objects.get(slug="xanadu")
    assert (draft.status, draft.country) == ("draft", Country.objects.get(code="PL"))


def test_a_list_is_decided_by_keyboard(page, editor, network):
    sign_in(page)
    page.goto(f"/admin/networks/network/{network.pk}/members/")
    page.get_by_label("List", exact=True).fill("Frankfurt")
    page.get_by_role("button", name="Show what it changes").focus()
    page.keyboard.press("Enter")

    page.get_by_role("radio", name="Frankfurt (Oder)").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Frankfurt am Main")).to_be_checked()
    page.get_by_label("Name in the directory of: Frankfurt").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("radio", name="Frankfurt am Main")).to_be_checked()
    assert network.memberships.count() == 2


def test_words_of_a_preview_stay_whole_on_a_phone(new_page, editor, network):
    page = new_page(viewport=PHONE)
    sign_in(page)
    page.goto(f"/admin/networks/network/{network.pk}/members/")
    page.get_by_label("List", exact=True).fill("Palermo (Italia); founder; 2012\nSeebrücke")
    page.get_by_role("button", name="Show what it changes").click()
    page.locator(".roll-table").first.wait_for()
    page.wait_for_load_state()

    grown = page.locator(".roll-table :is(td, th)").evaluate_all(
        """cells => cells.filter(cell => {
            const width = cell.offsetWidth;
            cell.style.overflowWrap = "normal";
            return cell.offsetWidth > width;
        }).map(cell => cell.innerText)"""
    )
    assert grown == []
    assert fits(page)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_unconfirmed_memberships_are_worked_through(new_page, axe, editor, network, viewport):
    other = Membership.objects.create(network=network, city=City.objects.get(slug="palermo"))
    page = new_page(viewport=viewport)
    sign_in(page)
    page.goto(UNCONFIRMED)
    page.get_by_label("Network", exact=True).select_option(network.slug)
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".roll-work > li")).to_have_count(2)
    page.locator("summary", has_text="Not confirmed").first.click()
    assert fits(page)
    assert not axe(page)

    page.get_by_role("group", name="Palermo").get_by_role("button", name="Confirm").click()
    expect(page.locator("#at")).to_have_text(
        re.compile("^Give the address of the source"), use_inner_text=True
    )
    expect(page.locator("#at")).to_be_focused()
    row = page.get_by_role("group", name="Palermo")
    row.get_by_label("Source").fill("https://n.example/members")
    row.get_by_role("button", name="Confirm").click()

    expect(page.locator("#at h3")).to_have_text("Gdańsk", use_inner_text=True)
    assert "Confirmed: Network 1 – Palermo" in said(page)[0]
    page.get_by_role("group", name="Gdańsk").locator("summary").click()
    page.get_by_label("It ended in").fill("2015")
    page.get_by_role("button", name="End it").click()

    expect(page.get_by_text("Nothing is left to confirm here.")).to_be_visible()
    other.refresh_from_db()
    assert other.verified
    assert network.memberships.get(city__slug="gdansk").until == 2015
