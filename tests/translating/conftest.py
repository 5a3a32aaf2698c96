"""People who translate, and forms sent as a browser would send them."""

import pytest
from django.contrib.auth.models import Group, User

from publishing.groups import EDITORS, TRANSLATORS
from publishing.models import Translator
from tests.admin.conftest import as_sent
from tests.admin.test_every_form import one_of_each

__all__ = ["one_of_each"]


@pytest.fixture
def editor(db):
    user = User.objects.create_user("anna", "anna@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=EDITORS))
    return user


@pytest.fixture
def translator(db):
    """Somebody who translates into German and Polish."""
    user = User.objects.create_user("tomasz", "tomasz@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=TRANSLATORS))
    Translator.objects.create(user=user, languages=["de", "pl"])
    return user


@pytest.fixture
def send(client):
    """Opens a form as somebody, changes some of its fields, and sends the rest as a browser would.

    What a browser would not send, since it is disabled, is sent as well: the server must not rely on browsers.
    """

    def send(user, address, **changes):
        client.force_login(user)
        values = as_sent(client.get(address).content.decode())
        return client.post(address, values | changes)

    return send
