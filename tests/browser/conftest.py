"""A real browser on the whole content, for the tests that need one.

These tests share one database, filled once, and a server that runs beside them, so nothing is rolled back:
a test removes what it adds. They run on their own: pytest tests/browser.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.templatetags.static import static
from django.test import Client
from playwright.sync_api import expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from whitenoise import WhiteNoise

from publishing.storage import STYLES, joined_styles
from tests.browser import chromium
from tests.browser.waiting import PATIENCE

# Playwright runs an event loop in this thread; Django would refuse to use the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=PATIENCE)

LONG = ["test_layout.py", "test_zoom.py", "test_without_scripts.py"]  # these look at all pages in one test

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
# The rules that colours decide; all others find the same in every scheme of colours.
AXE_COLOURS = ["color-contrast", "link-in-text-block"]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory):
    # In a file, each thread of the server has a connection of its own.
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        connection.settings_dict["OPTIONS"]["timeout"] = PATIENCE / 1000


@pytest.fixture(scope="session")
def static_files(tmp_path_factory):
    """The files of `/static/` by address, as in production: the styles are one file."""
    files = {}
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            files.setdefault(name, storage.path(name))
    styles = tmp_path_factory.mktemp("static") / "site.css"
    styles.write_text(joined_styles())
    return files | {STYLES: str(styles)}


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker, static_files):
    """The address of a running site that has the whole content."""

    def behind_files(application):
        whitenoise = WhiteNoise(application, max_age=3600)  # browsers keep the files from page to page
        for name, place in static_files.items():
            whitenoise.add_file_to_dictionary(static(name), place)
        return whitenoise

    with django_db_blocker.unblock():
        call_command("import_content", verbosity=0)
        server = LiveServer("127.0.0.1", start=False)
        server.thread.static_handler = behind_files
        server.start()
        yield server.url
        server.stop()


@pytest.fixture
def db(site):
    """The site's own database, without a transaction around each test."""


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        yield browser
        browser.close()


class Pages:
    """Opens pages of a site and notes what is wrong with them: errors, and requests to any other host."""

    def __init__(self, browser, site):
        self.browser, self.site = browser, site
        self.contexts, self.errors, self.strangers = [], [], []
        self.error_pages = set()  # the addresses of those that are themselves an error, such as a 404
        self.closed = False

    def __call__(self, **options):
        """A new page; options are those of a browser context: viewport={"width": 390, "height": 844} …"""
        context = self.browser.new_context(
            base_url=self.site, **{"locale": "en-GB", "viewport": {"width": 1280, "height": 800}} | options
        )
        context.set_default_timeout(PATIENCE)
        context.on("page", self.listen)
        self.contexts.append(context)
        return context.new_page()

    def listen(self, page):
        page.on("console", self.on_console)
        page.on("pageerror", lambda error: self.note(f"error: {error}"))
        page.on("request", self.on_request)
        page.on("response", self.on_response)

    def on_console(self, message):
        if message.type == "error":
            self.note(message.text, message.location["url"])

    def note(self, text, address=""):
        if not self.closed:
            self.errors.append((text, address))

    def on_request(self, request):
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != urlsplit(self.site).netloc:
            self.strangers.append(f"request to another host: {request.url}")

    def on_response(self, response):
        if response.status >= 400 and response.request.is_navigation_request():
            self.error_pages.add(response.url)

    def close(self):
        """Close all pages; what they still ask for then is answered to nobody."""
        for context in self.contexts:
            for page in context.pages:
                page.unroute_all(behavior="ignoreErrors")  # answers on their way when the test ended
        self.closed = True
        while self.contexts:
            self.contexts.pop().close()

    def complaints(self):
        """What is wrong, a line each. That a page is itself an error is no complaint."""
        return self.strangers + [
            f"{text} ({address})"
            for text, address in self.errors
            if not (text.startswith("Failed to load resource") and address in self.error_pages)
        ]


@pytest.fixture
def new_page(browser, site, db):
    """Opens pages; the test fails if one of them reports an error or asks another host for anything.

    Options are those of a browser context: viewport={"width": 390, "height": 844}, java_script_enabled=False …
    """
    pages = Pages(browser, site)
    yield pages
    pages.close()
    if complaints := pages.complaints():
        pytest.fail("\n".join(complaints))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item):
    """Pages close before anything that they show is taken away, the person who has signed in above all."""
    if pages := getattr(item, "funcargs", {}).get("new_page"):
        pages.close()


def pytest_collection_modifyitems(items):
    """The longest tests come first, so that no process is left with one when the others have nothing more to do."""
    items.sort(key=lambda item: item.path.name not in LONG)


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def log_in_staff(site, db):
    """Gives a browser page the session of a person who edits the site: `log_in_staff(page)`."""
    user = User.objects.create_user("staff", is_staff=True)
    client = Client()
    client.force_login(user)
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }
    yield lambda page: page.context.add_cookies([cookie | {"url": site}])
    user.delete()


@pytest.fixture
def tiles(site, settings):
    """A tile service that the operator has named, which asks for consent."""
    settings.MAP_TILES = {
        "url": f"{site}/tiles/{{z}}/{{x}}/{{y}}.png",
        "host": "tiles.example",
        "attribution": '© <a href="/">Streets</a>',
        "consent": True,
    }
    return settings.MAP_TILES


@pytest.fixture
def axe():
    """Looks at a page, or at the parts of it that a selector finds, with axe-core and gives its findings as text:
    `assert not axe(page)`. Looks for everything that has one of the tags, or for the rules named."""

    def look(page, within="html", tags=AXE_TAGS, rules=()):
        if not page.evaluate("document.fonts.ready.then(() => 'axe' in window)"):
            page.evaluate(f"() => {{ {AXE} }}")
        wanted = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": tags}
        found = page.evaluate(
            """([within, wanted]) => axe.run(
                { include: [within] }, { runOnly: wanted, resultTypes: ["violations"] }
            )""",
            [within, wanted],
        )["violations"]
        return "\n".join(
            f"{rule['id']} ({rule['impact']}): {rule['help']}\n"
            + "\n".join(f"    {node['target']}  {node['html'][:160]}" for node in rule["nodes"])
            for rule in found
        )

    return look
