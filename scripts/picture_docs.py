"""Takes the pictures of docs/translating.md from a running site: python -m scripts.picture_docs

The site has the content of fixtures/ in a database of its own, which is thrown away. So that there is something to see, a
sentence comes and goes in some originals and some translations are taken back; no text is invented. Needs Chromium, as
the browser tests do.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 1120, 3000  # so high that nothing is covered by the buttons at the lower edge
COLOURS = 128  # enough for what is hardly more than text
PASSWORD = "only for these pictures"
OUTDATED = ["palermo-charter", "barcelona-anti-rumour-strategy", "leipzig-migrants-council"]
LACKING = ["zurich-city-card", "turin-spazio-comune"]
BY_MACHINE = "warsaw-multicultural-centre"
READERS = {"palermo-charter": 12, "zurich-city-card": 7, "warsaw-multicultural-centre": 4}


# What is to be seen


def fill():
    """The content, two people, and texts in every state."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("import_content", verbosity=0)
    make_person("anna", "Editors")
    make_person("marek", "Translators", ["de", "pl"])
    for slug in OUTDATED:
        change_original(slug)
    for slug in LACKING:
        write(slug, outcome_pl=None)
    let_machine_write(BY_MACHINE)
    read(READERS)


def make_person(name, group, languages=()):
    from django.contrib.auth.models import Group, User

    from publishing.models import Translator

    user = User.objects.create_user(name, password=PASSWORD, is_staff=True, first_name=name.title())
    user.groups.add(Group.objects.get(name=group))
    Translator.objects.create(user=user, languages=languages)


def approach(slug):
    from approaches.models import Approach

    return Approach.objects.get(slug=slug)


def write(slug, edit=None, **texts):
    record = approach(slug)
    for name, text in texts.items():
        setattr(record, name, text)
    if edit:
        record.edit = edit
    record.save()


def change_original(slug):
    """Let it look as if the last sentence of the original had been added after it was translated."""
    from publishing.models import Edit

    now = approach(slug).summary_en
    write(slug, Edit(minor=True), summary_en=without_last_sentence(now))
    write(slug, summary_en=now)


def without_last_sentence(text):
    return text.removesuffix(".</p>").rpartition(". ")[0] + ".</p>"


def let_machine_write(slug):
    from publishing.models import Edit

    text = approach(slug).summary_pl
    write(slug, summary_pl=None)
    write(slug, Edit(machine=True), summary_pl=text)


def read(times):
    """Ask for pages as readers do."""
    from django.test import Client

    from publishing.readings import counting

    reader = Client(headers={"user-agent": "Firefox"}, SERVER_NAME="localhost")
    for slug, number in times.items():
        for _time in range(number):
            reader.get(approach(slug).get_absolute_url())
    counting.write()


# The pictures


class Camera:
    """A browser at a running site; each picture shows one element of a page."""

    def __init__(self, browser, address):
        self.browser = browser
        self.address = address

    def sign_in(self, name):
        page = self.browser.new_page(base_url=self.address, locale="en-GB", color_scheme="light")
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        page.goto("/admin/login/")
        page.locator("#id_username").fill(name)
        page.locator("#id_password").fill(PASSWORD)
        page.locator("[type=submit]").last.click()
        page.locator("#user-tools").wait_for()
        return page

    def take(self, page, name, selector="#container", until=None):
        """A picture of an element, from its top to the bottom of another one inside it (`until`)."""
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(500)
        box = page.locator(selector).first.bounding_box()
        if until:
            end = page.locator(until).first.bounding_box()
            box["height"] = end["y"] + end["height"] + 12 - box["y"]
        picture = page.screenshot(clip=box, full_page=True)
        save(name, picture)


def save(name, picture):
    from PIL import Image

    image = Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS)
    image.save(PICTURES / f"{name}.png", optimize=True)
    print(f"docs/pictures/{name}.png")


def take_all(camera):
    marek, anna = camera.sign_in("marek"), camera.sign_in("anna")
    entry = f"/admin/translate/pl/approaches.approach/{approach(OUTDATED[0]).pk}/"

    marek.goto("/admin/")
    camera.take(marek, "desk-start", until=".desk-entrance")

    marek.goto("/admin/translate/pl/")
    camera.take(marek, "desk-list", until=".desk-actions")

    marek.goto(entry)
    ready(marek)
    camera.take(marek, "desk-text", ".desk-text--todo")

    take_conflict(camera, marek, anna, entry)

    anna.goto(f"/admin/translate/pl/approaches.approach/{approach(BY_MACHINE).pk}/")
    ready(anna)
    camera.take(anna, "desk-machine", ".desk-text--todo")

    anna.goto("/admin/translate/coverage/")
    anna.locator(".desk-kinds summary", has_text="Polish").click()
    camera.take(anna, "desk-coverage", until=".desk-kinds[open]")

    take_files(camera, marek)

    anna.goto(f"/admin/approaches/approach/{approach(OUTDATED[1]).pk}/change/")
    camera.take(anna, "form-states", ".languages")
    camera.take(anna, "form-minor-edit", "fieldset:has(#id_minor_edit)")

    reader = camera.browser.new_page(base_url=camera.address, locale="pl")
    reader.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    reader.goto(f"/pl/rozwiazania/{OUTDATED[1]}/")
    camera.take(reader, "note-outdated", "section:has(.translation-note)")


def ready(page):
    page.locator(".ProseMirror[contenteditable]").first.wait_for()


def take_conflict(camera, marek, anna, entry):
    """Both drop a sentence of the same text; Anna saves first."""
    from publishing.languages import in_language

    text = getattr(approach(OUTDATED[0]), in_language("summary", "pl"))
    for page, version in [(marek, without_last_sentence(text)), (anna, text.replace(". ", "; ", 1))]:
        page.goto(entry)
        ready(page)
        page.evaluate(
            """text => document.querySelector(".desk-text--todo .ProseMirror[contenteditable]")
                .editor.commands.setContent(text, {emitUpdate: true})""",
            version,
        )
    anna.get_by_role("button", name="Save", exact=True).click()
    anna.locator(".messagelist .success").wait_for()
    marek.evaluate("dispatchEvent(new Event('focus'))")
    marek.locator(".desk-presence:not(:empty)").wait_for()
    camera.take(marek, "desk-presence", ".desk-presence")
    marek.get_by_role("button", name="Save", exact=True).click()
    marek.locator(".desk-conflict").wait_for()
    ready(marek)
    camera.take(marek, "desk-conflict", ".desk-text:has(.desk-conflict)")


def take_files(camera, marek):
    """A file of one approach comes back with a change, and one text has changed on the site meanwhile."""
    from translating.exports import file_of, units_of

    slug = OUTDATED[2]
    key = ("approaches.approach", approach(slug).pk)
    name, media_type, content = file_of(units_of("pl", [key], only_to_do=False), "xliff20", "pl")
    for field in ("title_pl", "short_title_pl"):
        text = getattr(approach(slug), field)
        content = content.replace(f">{text}<".encode(), f">{text.upper()}<".encode())
    write(slug, short_title_pl=approach(slug).title_pl[:60])

    marek.goto("/admin/translate/pl/files/?state=all")
    camera.take(marek, "desk-files", "#content")
    marek.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": media_type, "buffer": content}
    )
    marek.get_by_role("button", name="Show what it changes").click()
    marek.wait_for_url("**/files/*/")
    camera.take(marek, "desk-preview", "#content")


# The site


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "movingcities.settings",
            "DEBUG": "true",
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'pictures.sqlite3'}",
            # Playwright runs an event loop in this thread; Django would refuse to use the database beside it.
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        }
        import django

        django.setup()
        fill()
        port = free_port()
        command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"]
        server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            wait_for(port)
            photograph(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait()


def wait_for(port):
    for _attempt in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("The site did not start.")


def photograph(address):
    from playwright.sync_api import sync_playwright

    from tests.browser import chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        take_all(Camera(browser, address))
        browser.close()


if __name__ == "__main__":
    main()
