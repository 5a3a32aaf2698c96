"""A picture from an editor's hands to a reader's screen."""

import re

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import expect

from cities.models import City
from publishing.models import Picture
from tests.browser.kinds import path
from tests.browser.waiting import wait_for_form
from tests.pictures import phone_photo, photo, stored

PHONE = {"width": 390, "height": 844}
PASSWORD = "a long and invented password"
SHIFTS = """() => {
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def city(db):
    """A featured city, which loses its picture again."""
    city = City.objects.get(slug="gdansk")
    yield city
    City.objects.update(picture=None)
    Picture.objects.all().delete()


@pytest.fixture
def pictured(city):
    city.picture = stored(photo(2400, 1600), caption="The harbour in the evening")
    city.save()
    return city


@pytest.fixture
def editor(db):
    user = User.objects.create_user("editor", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    yield user
    user.delete()


def shown(page):
    """What the browser shows of the page's picture: the file, the size of that file, the size on the screen."""
    image = page.locator("figure.picture img")
    image.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('figure.picture img').naturalWidth > 0")
    return image.evaluate(
        "image => ({ file: image.currentSrc.split('/').pop(), wide: image.naturalWidth > 0, "
        "width: image.clientWidth, height: image.clientHeight })"
    )


def test_an_editor_uploads_a_picture_in_the_form_of_a_city(page, editor, city):
    page.goto("/admin/")
    page.locator("#id_username").fill("editor")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("input[type=submit]").click()
    wait_for_form(page)
    page.goto(f"/admin/cities/city/{city.pk}/change/")
    wait_for_form(page)

    with page.expect_popup() as opened:
        page.locator("#add_id_picture").click()
    popup = opened.value
    popup.locator("#id_file").set_input_files(
        {"name": "Harbour.jpg", "mimeType": "image/jpeg", "buffer": phone_photo(2400, 1600)}
    )
    for text in ("alt", "credit", "licence"):
        popup.locator(f"#id_{text}_en").fill(f"The {text}")
    with popup.expect_event("close"):
        popup.locator("input[name=_save]").first.click()
    expect(page.locator(".field-picture .select2-selection__rendered")).to_have_text(re.compile("The alt$"))
    page.locator("input[name=_continue]").first.click()
    page.locator(".messagelist .success").wait_for()

    preview = page.locator(".field-shown_picture img")
    preview.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.field-shown_picture img').naturalWidth > 0")
    page.goto(path("cities:detail", slug="gdansk"))
    assert page.locator("figure.picture img").get_attribute("alt") == "The alt"
    assert shown(page)["wide"]


@pytest.mark.parametrize(("density", "file"), [(1, "400.avif"), (2, "800.avif"), (3, "1200.avif")])
def test_a_phone_loads_the_version_that_fits_and_nothing_moves(new_page, pictured, density, file):
    page = new_page(viewport=PHONE, device_scale_factor=density)
    page.add_init_script(f"({SHIFTS})()")

    page.goto(path("cities:detail", slug="gdansk"))
    page.wait_for_load_state("networkidle")
    picture = shown(page)

    assert picture["file"] == file
    assert picture["height"] == pytest.approx(picture["width"] * 2 / 3, abs=1)
    # What the letters of the fallback font are wider or narrower is less than this, on a slow machine, too; a picture
    # without a place of its own moves all that follows it: a hundred times more.
    assert page.evaluate("window.shift") < 0.002


@pytest.mark.parametrize(
    ("unknown", "file"), [(["avif"], "400.webp"), (["avif", "webp"], "1200.jpg")], ids=["no avif", "neither"]
)
def test_a_browser_takes_the_best_format_that_it_knows(new_page, pictured, unknown, file):
    def without(route):
        response = route.fetch()
        body = response.text()
        for kind in unknown:
            body = body.replace(f'type="image/{kind}"', 'type="image/unknown"')
        route.fulfill(response=response, body=body)

    page = new_page(viewport=PHONE)
    address = path("cities:detail", slug="gdansk")
    page.route(f"**{address}", without)
    page.goto(address)

    assert shown(page)["file"] == file


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_with_a_picture_hinders_nobody(new_page, pictured, axe, scheme):
    page = new_page(viewport=PHONE, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    page.goto(path("cities:detail", slug="gdansk"))
    assert shown(page)["wide"]

    assert not axe(page)


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
@pytest.mark.parametrize("size", [(2400, 1200), (600, 1800)], ids=["wide", "tall"])
def test_a_picture_keeps_within_the_page(new_page, city, width, size):
    city.picture = stored(photo(*size))
    city.save()
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(path("cities:detail", slug="gdansk"))

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert shown(page)["height"] <= 1100
