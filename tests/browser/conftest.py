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
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser import chromium

# Playwright runs an event loop in this thread; Django would refuse to use the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
# The rules that colours decide; all others find the same in every scheme of colours.
AXE_COLOURS = ["color-contrast", "link-in-text-block"]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory):
    # In a file, each thread of the server has a connection of its own.
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker):
    """The address of a running site that has the whole content."""
    with django_db_blocker.unblock():
        call_command("import_content", verbosity=0)
        server = LiveServer("127.0.0.1")
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


@pytest.fixture
def new_page(browser, site, db):
    """Opens pages; the test fails if one of them reports an error or asks another host for anything.

    Options are those of a browser context: viewport={"width": 390, "height": 844}, java_script_enabled=False …
    """
    contexts, complaints = [], []

    def listen(page):
        page.on("console", on_console)
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("request", on_request)

    def on_console(message):
        # A page that is itself an error, such as a 404, is no complaint.
        address = message.location["url"]
        if message.type == "error" and not (
            message.text.startswith("Failed to load resource") and address == message.page.url
        ):
            complaints.append(f"console: {message.text} ({address})")

    def on_request(request):
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != urlsplit(site).netloc:
            complaints.append(f"request to another host: {request.url}")

    def open_page(**options):
        context = browser.new_context(
            base_url=site, **{"locale": "en-GB", "viewport": {"width": 1280, "height": 800}} | options
        )
        contexts.append(context)
        context.on("page", listen)
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield open_page

    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")  # answers on their way when the test ended
        context.close()
    if complaints:
        pytest.fail("\n".join(complaints))


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
        page.evaluate(f"() => {{ if (!window.axe) {{ {AXE} }} }}")
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
