"""Who may do what: the group Editors and the command that makes one."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command

from publishing.groups import EDITORS

PASSWORD = "correct-horse-77"


def rights():
    permissions = Group.objects.get(name=EDITORS).permissions.select_related("content_type")
    return {f"{right.content_type.app_label}.{right.codename}" for right in permissions}


def rights_over(*kinds, verbs=("view", "add", "change", "delete")):
    return {f"{app}.{verb}_{kind}" for app, kind in (kind.split(".") for kind in kinds) for verb in verbs}


@pytest.mark.django_db
def test_editors_may_write_the_content_and_nothing_else():
    assert rights() == (
        rights_over(
            "cities.country",
            "cities.city",
            "cities.profile",
            "cities.takeaway",
            "cities.profilesource",
            "cities.keyfigure",
            "networks.network",
            "networks.networksource",
            "networks.membership",
            "networks.organisation",
            "networks.organisationmembership",
            "networks.organisationsource",
            "networks.initiative",
            "networks.initiativesource",
            "networks.participation",
            "networks.mentoringpair",
            "networks.declaration",
            "networks.declarationsource",
            "networks.signature",
            "approaches.policyarea",
            "approaches.synonym",
            "approaches.approach",
            "approaches.approachsource",
            "commitments.commitment",
            "commitments.commitmentsource",
            "commitments.place",
            "news.news",
            "news.newscity",
            "news.newssource",
            "news.event",
            "news.eventcity",
            "news.eventsource",
        )
        | rights_over("pages.page", verbs=["view", "add", "change"])
        | rights_over("search.miss", verbs=["view"])
        | rights_over("publishing.formerslug", verbs=["view"])
        | rights_over("publishing.picture")
        | {"publishing.translate", "publishing.approve_translation"}
    )


@pytest.mark.django_db
def test_every_migrate_puts_the_rights_right():
    before = rights()
    group = Group.objects.get(name=EDITORS)
    group.permissions.add(Permission.objects.get(codename="add_user"))
    group.permissions.remove(Permission.objects.get(codename="change_city"))

    call_command("migrate", verbosity=0)

    assert rights() == before


@pytest.mark.parametrize("path", ["auth/user/", "auth/group/", "publishing/importedentry/"])
def test_an_editor_sees_no_users_groups_or_inner_workings(editing, path):
    assert editing.get(f"/admin/{path}").status_code in (403, 404)
    assert path not in editing.get("/admin/").content.decode()


@pytest.mark.parametrize("path", ["auth/user/", "auth/user/add/", "auth/group/", "auth/group/add/"])
def test_a_superuser_manages_users_and_groups(admin_client, path):
    assert admin_client.get(f"/admin/{path}").status_code == 200


def create_editor(**options):
    out = StringIO()
    call_command("create_editor", stdout=out, **{"username": "anna", "email": "anna@example.org"} | options)
    return out.getvalue()


@pytest.mark.django_db
def test_the_command_makes_an_editor_who_can_sign_in(client, monkeypatch):
    monkeypatch.setenv("EDITOR_PASSWORD", PASSWORD)

    said = create_editor()

    user = User.objects.get(username="anna")
    assert "anna can sign in" in said
    assert (user.is_staff, user.is_superuser, user.email) == (True, False, "anna@example.org")
    assert [group.name for group in user.groups.all()] == [EDITORS]
    assert client.login(username="anna", password=PASSWORD)
    assert client.get("/admin/cities/city/add/").status_code == 200


@pytest.mark.django_db
def test_the_command_leaves_an_existing_user_alone(client, monkeypatch):
    monkeypatch.setenv("EDITOR_PASSWORD", PASSWORD)
    create_editor()

    with pytest.raises(CommandError, match="There is a user “Anna” already"):
        create_editor(username="Anna", email="somebody@else.example")

    assert User.objects.get().email == "anna@example.org"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "password", "complaint"),
    [
        ({"username": "an na"}, PASSWORD, "valid username"),
        ({"email": "anna"}, PASSWORD, "valid email"),
        ({}, "1234", "too short"),
        ({}, "anna@example", "too similar"),
    ],
)
def test_the_command_refuses_what_is_not_right(monkeypatch, options, password, complaint):
    monkeypatch.setenv("EDITOR_PASSWORD", password)

    with pytest.raises(CommandError, match=complaint):
        create_editor(**options)

    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_command_says_how_to_use_it_where_nobody_can_be_asked(monkeypatch):
    monkeypatch.delenv("EDITOR_PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin", StringIO())

    with pytest.raises(CommandError, match="EDITOR_PASSWORD"):
        create_editor()


class Terminal(StringIO):
    def isatty(self):
        return True


@pytest.mark.django_db
def test_the_command_asks_again_until_the_answers_are_right(monkeypatch, capsys):
    answers = iter(["an na", "anna", "anna@example.org"])
    passwords = iter(["1234", PASSWORD, "something else", PASSWORD, PASSWORD])
    monkeypatch.delenv("EDITOR_PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    monkeypatch.setattr("getpass.getpass", lambda question: next(passwords))

    create_editor(username=None, email=None)

    assert User.objects.get(username="anna").check_password(PASSWORD)
    assert "too short" in capsys.readouterr().err
