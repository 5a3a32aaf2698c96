"""An editor's work appears on the site."""

import re

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import expect

from cities.models import City, Country
from tests.browser.kinds import path
from tests.browser.waiting import wait_for_form

PASSWORD = "a long and invented password"


@pytest.fixture
def editor(db):
    user = User.objects.create_user("editor", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    yield user
    City.objects.filter(slug="city-1").delete()
    user.delete()


def log_in(page):
    page.goto("/admin/")
    page.locator("#id_username").fill("editor")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("input[type=submit]").click()
    wait_for_form(page)


def test_an_editor_adds_a_city_with_a_point_in_two_languages_and_sees_it(page, editor):
    log_in(page)
    page.goto("/admin/cities/city/add/")
    wait_for_form(page)

    page.locator("#id_local_name").press_sequentially("City 1")
    expect(page.locator("#id_slug")).to_have_value("city-1")
    choose_country(page, "Poland")
    page.locator("#id_name_en").fill("Town One")
    page.locator(".ui-tabs-nav a", has_text="PL").first.click()
    page.locator("#id_name_pl").fill("Miasto Pierwsze")
    point_on_map(page)
    page.locator("#id_status").select_option("published")
    page.locator("input[name=_save]").first.click()
    page.locator(".messagelist .success").wait_for()

    city = City.objects.get(slug="city-1")
    assert city.latitude is not None
    page.goto(path("cities:detail", slug="city-1"))
    assert page.locator("h1").inner_text() == "Town One"
    assert "City 1" in page.locator(".facts").inner_text()
    page.goto(path("cities:detail", "pl", slug="city-1"))
    assert page.locator("h1").inner_text() == "Miasto Pierwsze"


def choose_country(page, name):
    country = Country.objects.get(name_en=name)
    page.locator(".field-country .select2-selection").click()
    page.locator(".select2-search__field").last.fill(name)
    options = page.locator(".select2-results__option")
    expect(options).to_have_text([name])  # what is found, not all that there is
    options.click()
    expect(page.locator("#id_country")).to_have_value(str(country.pk))


def point_on_map(page):
    map = page.locator(".point__map.leaflet-container")
    map.scroll_into_view_if_needed()
    map.click(position={"x": 200, "y": 150})
    expect(page.locator("#id_latitude")).to_have_value(re.compile("."))
