"""Filters give the same with and without JavaScript; with it a list refines in place, and nothing gets lost on the way."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import path
from tests.browser.waiting import wait_until

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}


def names(page):
    return page.locator("#results .row__title a:first-child").all_inner_texts()


def chips(page):
    return [" ".join(chip.split()) for chip in page.locator(".chip:not(.chip--all)").all_inner_texts()]


def chosen(page):
    """The filter that the form shows: pairs of a name and a value."""
    return page.evaluate("[...new FormData(document.getElementById('filter'))].filter(([, value]) => value)")


def in_address(page):
    return [list(pair) for pair in parse_qsl(urlsplit(page.evaluate("location.href")).query)]


def number(page):
    return int(re.match(r"[\d,]+", page.locator("#results-title").inner_text())[0].replace(",", ""))


def keep(page):
    """Mark the document, to see later whether the browser left it."""
    page.evaluate("document.documentElement.dataset.kept = 'yes'")


def is_kept(page):
    return page.evaluate("document.documentElement.dataset.kept") == "yes"


def refine(page, act):
    """Do something that refines the list in place, and wait for the results."""
    page.evaluate("document.getElementById('results').dataset.old = 'yes'")
    act()
    page.locator("#results:not([data-old])").wait_for()


def option(page, label):
    return page.locator("#filter").get_by_label(label).first


@pytest.fixture
def forgiving_page(browser, site, db):
    """A page that may report a request that fails: the test makes it fail."""
    page = browser.new_page(base_url=site)
    yield page
    page.close()


# The same everywhere


def test_filters_work_without_javascript(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(path("approaches:list"))

    page.get_by_label("Political participation").first.check()
    page.get_by_role("button", name="Apply filters").click()
    page.get_by_label("Germany").first.check()
    page.get_by_role("button", name="Apply filters").click()

    assert ["area", "political-participation"] in in_address(page)
    assert ["country", "DE"] in in_address(page)
    assert names(page) == ["An elected migrants’ advisory council"]
    assert chips(page) == ["Remove filter: Political participation", "Remove filter: Germany"]


def test_without_javascript_every_option_of_a_long_facet_is_there_and_nothing_that_needs_scripts(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(path("cities:list"))

    country = page.locator("[data-live=facet-country]")
    assert country.locator("li:visible").count() == country.locator("li").count() > 50
    assert (
        page.locator(".facet__find:visible, .facet__all:visible, .tools:visible, .sheet:visible").count() == 0
    )


def test_without_javascript_a_phone_has_the_whole_form_behind_one_button(new_page):
    page = new_page(java_script_enabled=False, viewport=PHONE)
    page.goto(path("approaches:list"))
    assert not page.get_by_role("button", name="Apply filters").is_visible()

    page.locator(".filter__summary").click()
    page.get_by_label("Led jointly").check()
    page.get_by_role("button", name="Apply filters").click()

    assert ["lead", "joint"] in in_address(page)
    assert "1 active" in page.locator(".filter__summary").inner_text()


def test_the_order_can_be_chosen_without_javascript(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(path("approaches:list"))
    before = names(page)

    page.locator("#filter-sort").select_option("newest")
    page.locator(".listing__sort button").click()

    assert ["sort", "newest"] in in_address(page)
    assert names(page) != before


# In place


def test_a_filter_refines_in_place_and_keeps_the_focus(page):
    page.goto(path("approaches:list"))
    keep(page)

    refine(page, option(page, "Political participation").check)
    refine(page, option(page, "Germany").check)

    assert is_kept(page)
    assert names(page) == ["An elected migrants’ advisory council"]
    assert in_address(page) == [["area", "political-participation"], ["country", "DE"]]
    assert option(page, "Germany").evaluate("box => box === document.activeElement")
    assert page.locator("[data-news]").text_content() == "1 local approach"


def test_the_counts_are_those_of_a_page_loaded_anew(page):
    page.goto(path("approaches:list"))
    refine(page, option(page, "Political participation").check)
    counts = ".facet li:not([hidden])"
    in_place = page.locator(counts).all_text_contents()

    page.reload()

    assert sorted(in_place) == sorted(page.locator(counts).all_text_contents())


def test_typing_refines_after_a_pause_and_is_one_step_back(page):
    page.goto(path("approaches:list"))
    everything = number(page)

    term = page.locator("#filter-q")
    term.focus()
    refine(page, lambda: page.keyboard.insert_text("coun"))
    refine(page, lambda: page.keyboard.insert_text("cil"))
    assert in_address(page) == [["q", "council"]]
    assert term.evaluate("field => field === document.activeElement && field.value") == "council"
    assert 0 < number(page) < everything

    refine(page, page.go_back)
    assert in_address(page) == []
    assert number(page) == everything
    assert term.input_value() == ""


def test_what_is_typed_while_results_arrive_stays(page):
    page.goto(path("approaches:list"))
    held = []
    page.route("**/approaches/?q=coun", lambda route: held.append(route), times=1)
    term = page.locator("#filter-q")

    term.focus()
    page.keyboard.insert_text("coun")
    wait_until(page, lambda: held)
    page.keyboard.type("c")
    held[0].continue_()
    page.locator("#results:not([aria-busy])").wait_for()

    assert term.input_value() == "counc"


def test_back_and_forward_restore_the_list_and_the_form(page):
    page.goto(path("approaches:list"))
    keep(page)
    steps = [(in_address(page), names(page))]
    for change in [
        option(page, "Political participation").check,
        option(page, "Germany").check,
        lambda: page.locator("#filter-sort").select_option("newest"),
    ]:
        refine(page, change)
        steps.append((in_address(page), names(page)))

    for address, listed in reversed(steps[:-1]):
        refine(page, page.go_back)
        assert (in_address(page), names(page)) == (address, listed)
        assert [field for field in chosen(page) if field[0] != "sort"] == address
    for address, listed in steps[1:]:
        refine(page, page.go_forward)
        assert (in_address(page), names(page)) == (address, listed)
    assert page.locator("#filter-sort").input_value() == "newest"
    assert is_kept(page)


def test_coming_back_from_a_record_shows_the_refined_list_as_a_whole_page(page):
    page.goto(path("approaches:list"))
    refine(page, option(page, "Germany").check)
    listed = names(page)

    link = page.locator("#results .row__title a").first
    record = link.get_attribute("href")
    link.click()
    page.wait_for_url(record)
    page.go_back()
    page.locator("#results-title").wait_for()

    assert page.locator(".header").count() == 1
    assert names(page) == listed
    assert option(page, "Germany").is_checked()


def test_each_filter_can_be_removed_and_the_focus_goes_to_the_results(page):
    page.goto(path("cities:list") + "?country=PL&network=eurocities&sort=population")
    keep(page)
    both = names(page)

    refine(page, page.locator(".chip", has_text="Eurocities").click)

    assert in_address(page) == [["country", "PL"], ["sort", "population"]]
    assert len(names(page)) > len(both)
    assert not option(page, "Eurocities").is_checked()
    assert page.evaluate("document.activeElement.id") == "results-title"

    refine(page, page.locator(".chip--all").click)
    assert page.evaluate("location.search") == ""
    assert page.locator(".chip").count() == 0
    assert is_kept(page)


def test_a_new_page_of_the_list_begins_at_its_top(page):
    page.goto(path("cities:list"))
    keep(page)

    refine(page, page.locator(".pagination a[rel=next]").click)

    assert in_address(page) == [["page", "2"]]
    assert page.locator(".pagination [aria-current=page]").inner_text() == "2"
    assert page.evaluate("document.activeElement.id") == "results-title"
    assert page.locator("#results-title").evaluate("title => title.getBoundingClientRect().top") < 200
    assert is_kept(page)

    refine(page, page.go_back)
    assert page.locator(".pagination [aria-current=page]").inner_text() == "1"


def test_the_map_stays_and_hears_of_each_change(page):
    page.goto(path("cities:list"))
    page.locator("[data-city-map]").first.evaluate("map => { map.same = true }")
    page.evaluate(
        """() => {
          window.heard = [];
          document.addEventListener("listing:changed", ({ detail }) => heard.push(detail.query));
        }"""
    )

    refine(page, option(page, "Germany").check)
    refine(page, page.locator(".pagination a[rel=next]").click)
    refine(page, lambda: page.locator("#filter-sort").select_option("population"))

    assert page.evaluate("heard") == ["country=DE", "country=DE", "country=DE"]
    assert page.locator("[data-city-map]").first.evaluate("map => map.same")


def test_a_lost_connection_leads_to_the_ordinary_page(forgiving_page):
    page = forgiving_page
    page.goto(path("approaches:list"))
    keep(page)
    page.route("**/approaches/?*", lambda route: route.abort(), times=1)

    option(page, "Germany").check()
    page.wait_for_url("**/approaches/?country=DE")
    page.locator("#results-title").wait_for()

    assert not is_kept(page)
    assert option(page, "Germany").is_checked()


def test_a_wait_is_shown_to_all_and_only_while_it_lasts(page):
    page.goto(path("approaches:list"))
    held = []
    page.route("**/approaches/?*", lambda route: held.append(route), times=1)

    option(page, "Germany").check()
    page.locator("#results[aria-busy=true]").wait_for()
    wait_until(page, lambda: held)
    held[0].continue_()

    page.locator("#results:not([aria-busy])").wait_for()


def test_who_takes_a_choice_back_before_it_arrives_waits_for_nothing(forgiving_page):
    page = forgiving_page
    page.goto(path("approaches:list"))
    everything = number(page)
    page.route("**/approaches/?*", lambda route: None, times=1)  # it never arrives

    option(page, "Germany").check()
    page.locator("#results[aria-busy=true]").wait_for()
    option(page, "Germany").uncheck()

    page.locator("#results:not([aria-busy])").wait_for()
    assert number(page) == everything
    assert in_address(page) == []


def test_nothing_is_stored_on_the_device(page):
    page.goto(path("approaches:list"))
    refine(page, option(page, "Germany").check)

    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_the_language_switch_keeps_filters_and_page(page):
    page.goto(path("cities:list"))
    refine(page, option(page, "Germany").check)
    refine(page, page.locator(".pagination a[rel=next]").click)
    before = page.locator(".row__title a").evaluate_all("links => links.length")

    page.locator(".language-switch summary").click()
    page.locator(".language-switch a[hreflang=pl]").click()
    page.wait_for_url("**/pl/**")

    assert page.url.endswith("?country=DE&page=2")
    assert page.locator("html").get_attribute("lang") == "pl"
    assert page.locator(".row__title a").count() == before
    assert page.locator(".pagination [aria-current=page]").inner_text() == "2"


def test_the_chosen_language_is_remembered(new_page):
    page = new_page(locale="pl-PL")
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "pl"

    page.locator(".language-switch summary").click()
    page.locator(".language-switch a[hreflang=el]").click()
    page.wait_for_url("**/el/**")
    page.goto("/")

    assert page.locator("html").get_attribute("lang") == "el"


# Long facets


@pytest.mark.parametrize(
    ("language", "typed", "found"),
    [("de", "osterreich", "Österreich"), ("pl", "WLOCHY", "Włochy"), ("el", "ελλαδα", "Ελλάδα")],
)
def test_an_option_is_found_without_its_accents(page, language, typed, found):
    page.goto(path("cities:list", language))
    country = page.locator("[data-live=facet-country]")

    country.locator("input[type=search]").fill(typed)

    expect(country.locator("li:visible .option__label")).to_have_text([found])
    expect(country.locator("[role=status]")).to_contain_text("1")


def test_finding_an_option_leads_to_it_by_keyboard(page):
    page.goto(path("approaches:list"))
    city = page.locator("[data-live=facet-city]")
    everything = number(page)

    city.locator("input[type=search]").press_sequentially("zuri")
    page.keyboard.press("Enter")
    expect(city.locator("input[value=zurich]")).to_be_focused()
    refine(page, lambda: page.keyboard.press("Space"))

    assert in_address(page) == [["city", "zurich"]]
    assert number(page) < everything


def test_escape_empties_the_field_that_finds(page):
    page.goto(path("cities:list"))
    country = page.locator("[data-live=facet-country]")
    before = country.locator("li:visible").count()

    country.locator("input[type=search]").press_sequentially("xyz")
    expect(country.locator("[role=status]")).to_have_text("No option matches.")
    page.keyboard.press("Escape")

    expect(country.locator("li:visible")).to_have_count(before)
    expect(country.locator("[role=status]")).to_have_text("")


def test_a_long_facet_shows_all_on_demand(page):
    page.goto(path("cities:list"))
    country = page.locator("[data-live=facet-country]")
    assert country.locator("li:visible").count() == 8

    country.get_by_role("button", name="Show all").click()
    expect(country.locator(".facet__all")).to_have_attribute("aria-expanded", "true")
    assert country.locator("li:visible").count() == country.locator("li:not([hidden])").count() > 50

    country.get_by_role("button", name="Show fewer").click()
    expect(country.locator("li:visible")).to_have_count(8)


# On a phone


def test_on_a_phone_the_filter_opens_as_a_sheet_that_the_keyboard_stays_in(new_page):
    page = new_page(viewport=PHONE)
    page.goto(path("approaches:list"))
    sheet = page.get_by_role("dialog", name="Filter")

    page.locator(".filter__summary").focus()
    page.keyboard.press("Enter")
    sheet.wait_for()
    expect(page.locator("#sheet-title")).to_be_focused()
    for _step in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || document.activeElement.closest('.sheet') !== null"
        )

    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page.locator(".filter__summary")).to_be_focused()


def test_the_sheet_says_how_many_results_there_are_and_leads_to_them(new_page):
    page = new_page(viewport=PHONE)
    page.goto(path("approaches:list"))
    page.locator(".filter__summary").click()

    refine(page, option(page, "Led jointly").check)
    refine(page, option(page, "Germany").check)
    page.get_by_role("button", name=f"Show {number(page)} results").click()

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".filter__summary")).to_contain_text("2 active")
    expect(page.locator("#results-title")).to_be_focused()
    assert 0 <= page.locator("#results-title").evaluate("title => title.getBoundingClientRect().top") < 100

    refine(page, page.go_back)  # all that was chosen in the sheet is one step
    assert in_address(page) == []


def test_enter_in_the_search_term_of_the_sheet_shows_the_results(new_page):
    page = new_page(viewport=PHONE)
    page.goto(path("approaches:list"))
    page.locator(".filter__summary").click()

    def search():
        page.locator("#filter-q").fill("council")
        page.keyboard.press("Enter")

    refine(page, search)

    expect(page.get_by_role("dialog")).to_have_count(0)
    assert in_address(page) == [["q", "council"]]


def test_a_window_that_becomes_wide_has_the_form_beside_the_results_again(new_page):
    page = new_page(viewport=PHONE)
    page.goto(path("approaches:list"))
    page.locator(".filter__summary").click()

    page.set_viewport_size(WIDE)

    page.locator(".listing__filter > .filter .filter__panel #filter-q").wait_for()
    expect(page.get_by_role("dialog")).to_have_count(0)


# Nothing found


def test_an_empty_list_leads_back_to_the_most_results(page):
    page.goto(path("approaches:list") + "?q=council&country=PL&status=ended")
    keep(page)
    assert names(page) == []
    ways = page.locator(".empty__ways a")
    promised = [int(re.search(r"(\d+) results?$", way)[1]) for way in ways.all_inner_texts()]
    assert promised == sorted(promised, reverse=True)

    refine(page, ways.first.click)

    assert number(page) == len(names(page)) == promised[0]
    assert is_kept(page)


# Copy, share, print


def test_the_view_can_be_copied(new_page):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(path("approaches:list"))
    refine(page, option(page, "Germany").check)

    page.get_by_role("button", name="Copy this view").click()

    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.get_by_role("button", name="Copy this view").wait_for()


def test_where_copying_is_not_allowed_the_address_can_be_taken_by_hand(page):
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    page.goto(path("approaches:list") + "?country=DE")

    page.get_by_role("button", name="Copy this view").click()

    address = page.locator(".tools__address input")
    address.wait_for()
    assert address.input_value() == page.url
    assert page.evaluate("getSelection().toString() || document.activeElement.selectionEnd") != 0


@pytest.mark.parametrize("can_share", [True, False])
def test_sharing_is_offered_where_the_device_can(page, can_share):
    page.add_init_script(f"""
      Object.defineProperty(navigator, "share", {{
        value: {"async (what) => { window.shared = what; }" if can_share else "undefined"},
      }});
    """)
    page.goto(path("approaches:list"))
    refine(page, option(page, "Germany").check)
    share = page.get_by_role("button", name="Share")

    expect(share).to_have_count(int(can_share))
    if can_share:
        share.click()
        assert page.evaluate("shared.url") == page.url


def test_the_list_can_be_printed(page):
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(path("approaches:list") + "?country=DE")

    page.get_by_role("button", name="Print this list").click()

    assert page.evaluate("printed")
    page.emulate_media(media="print")
    assert page.locator(".chips").is_visible()
    assert page.url in page.locator(".footer__origin").inner_text()
    assert not page.locator(".filter").is_visible()
