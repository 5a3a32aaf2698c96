import html5lib
import pytest
from django.contrib.auth.models import Group, User

from publishing.groups import EDITORS


@pytest.fixture
def editor(db):
    """Somebody in the group Editors."""
    user = User.objects.create_user("anna", "anna@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=EDITORS))
    return user


@pytest.fixture
def editing(client, editor):
    """A browser in which the editor has signed in."""
    client.force_login(editor)
    return client


@pytest.fixture
def submit(editing):
    """Opens a form of the admin, changes some of its fields, and sends the rest as a browser would."""

    def submit(address, **changes):
        values = as_sent(editing.get(address).content.decode())
        return editing.post(address, values | changes)

    return submit


def as_sent(page):
    """The fields of the form of a page by their names, with the values that a browser sends."""
    document = html5lib.parse(page, namespaceHTMLElements=False)
    form = next(f for f in document.iter("form") if (f.get("id") or "").endswith("_form"))
    values = {}
    for field in form.iter():
        name = field.get("name")
        if not name or "__prefix__" in name or field.get("type") == "submit":
            continue
        if field.tag == "textarea":
            values[name] = field.text or ""
        elif field.tag == "select":
            chosen = [
                option.get("value") for option in field.iter("option") if option.get("selected") is not None
            ]
            first = [option.get("value") for option in field.iter("option")][:1]
            values[name] = chosen if field.get("multiple") is not None else (chosen or first or [""])[0]
        elif field.get("type") in ("checkbox", "radio"):
            if field.get("checked") is not None:
                values.setdefault(name, []).append(field.get("value") or "on")
        elif field.tag == "input":
            values[name] = field.get("value") or ""
    return values


@pytest.fixture
def errors():
    """The messages of a form that was not accepted, by field; those of its rows are named as the browser names them."""

    def errors(response):
        assert response.status_code == 200, "The form was accepted."
        found = dict(response.context["adminform"].form.errors)
        for inline in response.context["inline_admin_formsets"]:
            for form in inline.formset.forms:
                found |= {form.add_prefix(name): messages for name, messages in form.errors.items()}
        return {name: list(messages) for name, messages in found.items()}

    return errors
