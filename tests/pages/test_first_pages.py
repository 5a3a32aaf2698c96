"""The pages that a new installation has from the start."""

import pytest

from pages.models import Page
from publishing.addresses import in_language

pytestmark = pytest.mark.django_db


def test_the_pages_of_a_new_installation_name_the_operator_in_each_language(client, content, settings):
    settings.OPERATOR_NAME = "Cities and Friends"
    for slug in Page.Slug.values:
        name = slug.replace("-", "_")
        for language, _name in settings.LANGUAGES:
            text = client.get(in_language(f"pages:{name}", language)).content.decode()
            assert "{operator" not in text, (name, language)
            assert "%7Boperator" not in text, (name, language)
            assert f'<html lang="{language}"' in text
            assert "note--language" not in text, (name, language)
