"""On paper a page is a document: no controls, addresses written out, the picture of the map, where it comes from and when."""

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import KINDS, address, path

# What is printed of A4 between the margins, at 96 dots an inch.
PAPER = {"width": 673, "height": 980}
CONTROLS = (
    "button, input, select, nav:not(.pagination), .filter, .search, .language-switch, .tools, .map__live"
)
DOCUMENTS = ["featured city", "plain municipality", "approach", "network", "policy area", "event", "about"]


@pytest.fixture
def paper(new_page):
    page = new_page(viewport=PAPER, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    return page


def visible(page, selector):
    """What a selector finds that takes up room and is not hidden."""
    return page.locator(selector).evaluate_all(
        """elements => elements.filter(element => {
             const { width, height } = element.getBoundingClientRect();
             return width && height && element.checkVisibility({ visibilityProperty: true });
           }).map(element => element.outerHTML.slice(0, 100))"""
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_fits_the_paper(paper, kind):
    paper.goto(address(kind))

    assert paper.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]
    assert not visible(paper, CONTROLS)
    assert paper.locator("h1").is_visible()


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_links_that_lead_elsewhere_are_written_out(paper, kind):
    paper.goto(address(kind))

    silent = paper.eval_on_selector_all(
        "main a[href^=http]",
        """links => links.map(link => link.getAttribute('href')).filter((href, number) =>
             !getComputedStyle(links[number], '::after').content.includes(href))""",
    )

    assert silent == []


def test_sources_are_on_paper(paper):
    paper.goto(address("featured city"))

    assert paper.locator(".source").count() > 3
    assert all(source.is_visible() for source in paper.locator(".source__title").all())


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_page_says_where_and_when_it_was_taken(paper, kind):
    paper.goto(address(kind))

    origin = paper.locator(".footer__origin")
    assert origin.is_visible()
    assert paper.url in origin.inner_text()


def test_a_filtered_list_says_its_filters_and_its_page(paper):
    paper.goto(f"{path('cities:list')}?country=DE&page=2")

    assert "Germany" in paper.locator(".chips").inner_text()
    assert (
        paper.evaluate("getComputedStyle(document.querySelector('.chips'), '::before').content")
        == '"Active filters"'
    )
    assert "?country=DE&page=2" in paper.locator(".footer__origin").inner_text()


def test_the_map_on_paper_is_its_picture(paper):
    paper.emulate_media(media="screen")
    paper.goto(path("cities:list"))
    paper.locator(".map--live").wait_for()
    paper.emulate_media(media="print")

    expect(paper.locator(".map__picture")).to_be_visible()
    expect(paper.locator(".map__picture")).to_have_css("visibility", "visible")
    assert not visible(paper, ".leaflet-container, .leaflet-control")


def test_paper_is_white_in_the_dark_too(paper):
    paper.goto(address("featured city"))

    assert paper.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert paper.evaluate("getComputedStyle(document.body).color") == "rgb(23, 32, 46)"


def test_policy_areas_keep_their_shapes_on_paper(paper):
    paper.goto(address("approach"))

    shapes = paper.eval_on_selector_all(
        "main .area",
        "areas => areas.map(area => [getComputedStyle(area, '::before').printColorAdjust, getComputedStyle(area, '::before').clipPath])",
    )

    assert shapes
    assert all(adjust == "exact" and shape != "none" for adjust, shape in shapes)


def test_a_browser_makes_pages_of_it(paper):
    paper.goto(address("approach"))

    assert paper.pdf(format="A4").startswith(b"%PDF")
