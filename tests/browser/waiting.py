"""Waiting for what a page comes to show or do, however long the machine takes."""

import re

from playwright.sync_api import expect

PATIENCE = 60_000  # milliseconds that a machine under load may take for what takes a moment
STEP = 50


def wait_until(page, holds):
    """Until something holds that no locator can wait for, such as what a page has asked for or where a map stands."""
    for _step in range(PATIENCE // STEP):
        if holds():
            return
        page.wait_for_timeout(STEP)
    raise AssertionError("It does not come to hold.")


def wait_for_draft(page, text=""):
    """Until the browser keeps a draft that has the text; typing is kept after a short rest."""
    page.wait_for_function(
        """text => Object.entries(localStorage).some(([key, value]) => key.startsWith("draft:") && value.includes(text))""",
        arg=text,
    )


def wait_for_form(page):
    """Until the scripts of the admin have made their tabs, editors and drafts of a form that has just been asked for."""
    expect(page.locator("#user-tools")).to_be_visible()
    page.wait_for_load_state("load")
    if page.locator("#modeltranslation-main-switch").count():
        expect(page.locator("#modeltranslation-main-switch")).to_have_attribute("aria-label", re.compile("."))
