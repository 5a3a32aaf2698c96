"""Every list and every form of the admin, in every language."""

import re

import pytest
from django.contrib import admin
from django.db.models import DateTimeField
from django.urls import reverse

from publishing.languages import LANGUAGES
from publishing.models import FormerSlug, Picture
from tests.factories import (
    make_approach,
    make_city,
    make_commitment,
    make_declaration,
    make_event,
    make_initiative,
    make_membership,
    make_network,
    make_news,
    make_organisation,
    make_organisation_membership,
    make_page,
    make_picture,
    make_policy_area,
    make_profile,
    make_source,
    make_synonym,
)

CONTENT = ["cities", "networks", "approaches", "commitments", "news", "pages"]
KINDS = sorted(
    (model for model in admin.site._registry if model._meta.app_label in CONTENT or model is Picture),
    key=lambda model: model._meta.label,
)


@pytest.fixture
def one_of_each(db):
    """A record of every kind, with rows where it can have some."""
    area = make_policy_area()
    city = make_city("Łódź", latitude=51.77, longitude=19.45, population=670000)
    network = make_network()
    make_membership(network, city)
    records = [
        city.country,
        city,
        area,
        network,
        network.memberships.get(),
        make_profile(city, takeaways=["A takeaway."], figures=[{"label": "A figure"}]),
        make_organisation(city=city),
        make_organisation_membership(network),
        make_initiative(network=network, pairs=[(city, make_city())]),
        make_declaration(signatories=[city]),
        make_approach(city=city, policy_areas=[area]),
        make_commitment(places=[("Łódź", city.country)]),
        make_news(cities=[city], networks=[network], policy_areas=[area]),
        make_event(cities=[city], networks=[network], policy_areas=[area]),
        make_page(),
        make_picture(),
        make_synonym("housing", area),
    ]
    for record in records:
        if hasattr(record, "sources"):
            make_source(record)
    return {type(record): record for record in records}


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_every_kind_of_record_has_its_form(one_of_each):
    assert set(KINDS) == set(one_of_each)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_and_form_opens_in_every_language(editing, one_of_each, language):
    editing.cookies["language"] = language

    for model, record in one_of_each.items():
        for path in [
            address(model, "changelist"),
            address(model, "add"),
            address(model, "change", record.pk),
            address(model, "history", record.pk),
        ]:
            response = editing.get(path)

            assert response.status_code == 200, path
            assert f'<html lang="{language}"' in response.content.decode(), path


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model._meta.label)
def test_a_form_that_is_sent_back_as_it_came_changes_nothing(submit, errors, one_of_each, model):
    record = one_of_each[model]
    before = stored(model)

    response = submit(address(model, "change", record.pk))

    assert response.status_code == 302, errors(response)
    assert stored(model) == before


def stored(model):
    """The columns of all records but their times, which a form knows to the second."""
    columns = [field.attname for field in model._meta.concrete_fields if not isinstance(field, DateTimeField)]
    return list(model._base_manager.order_by("pk").values(*columns))


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model._meta.label)
def test_no_page_asks_another_host_or_has_a_script_of_its_own(editing, one_of_each, model):
    for path in [address(model, "changelist"), address(model, "change", one_of_each[model].pk)]:
        response = editing.get(path)
        page = response.content.decode()
        nonce = re.search(r"'nonce-([^']+)'", response["Content-Security-Policy"])

        assert (
            re.findall(r"""<(?:script|link|img|iframe)[^>]*(?:src|href)=["'](?:https?:)?//[^>]*""", page)
            == []
        )
        assert "unsafe-inline" not in response["Content-Security-Policy"]
        for attributes in re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", page):
            assert 'type="application/json"' in attributes or (nonce and f'nonce="{nonce[1]}"' in attributes)
        assert not re.search(r"\sstyle=|\son[a-z]+=\"", re.sub(r"<script.*?</script>", "", page, flags=re.S))


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model._meta.label)
def test_twenty_records_cost_a_list_no_more_queries_than_one(
    editing, django_assert_max_num_queries, one_of_each, model
):
    path = address(model, "changelist")
    editing.get(path)
    with django_assert_max_num_queries(20) as one:
        editing.get(path)

    for _number in range(20):
        copy_of(one_of_each[model])
    with django_assert_max_num_queries(len(one)):
        page = editing.get(path).content.decode()

    assert page.count('class="action-select"') >= 15 or model._meta.model_name == "page"


def copy_of(record):
    """Another record of the same kind, about another city of another country, so that nothing is fetched already."""
    makers = {
        "City": make_city,
        "Country": lambda: make_city().country,
        "PolicyArea": make_policy_area,
        "Synonym": lambda: make_synonym("word"),
        "Network": make_network,
        "Membership": make_membership,
        "Profile": make_profile,
        "Organisation": lambda: make_organisation(city=make_city()),
        "OrganisationMembership": make_organisation_membership,
        "Initiative": make_initiative,
        "Declaration": make_declaration,
        "Approach": lambda: make_approach(policy_areas=[make_policy_area()]),
        "Commitment": make_commitment,
        "News": make_news,
        "Event": make_event,
        "Page": lambda: None,  # there are five of them
        "Picture": make_picture,
    }
    return makers[type(record).__name__]()


def test_a_visitor_has_to_sign_in(client, db):
    response = client.get("/admin/")

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_the_sign_in_page_speaks_the_browsers_language(client, db):
    page = client.get("/admin/login/", headers={"accept-language": "el"}).content.decode()

    assert '<html lang="el"' in page
    assert "Όνομα χρήστη" in page


def test_the_language_is_switched_in_the_header_and_the_page_stays(editing):
    response = editing.post("/admin/language/setlang/", {"language": "pl", "next": "/admin/cities/city/"})

    assert response["Location"] == "/admin/cities/city/"
    assert '<html lang="pl"' in editing.get("/admin/cities/city/").content.decode()


def test_former_addresses_can_be_looked_up_but_not_changed(editing):
    former = FormerSlug.objects.create(kind="cities.city", slug="lodsch", record=1)

    assert "lodsch" in editing.get("/admin/publishing/formerslug/").content.decode()
    assert editing.get("/admin/publishing/formerslug/add/").status_code == 403
    assert editing.post(f"/admin/publishing/formerslug/{former.pk}/change/", {"slug": "x"}).status_code == 403
    assert editing.get(f"/admin/publishing/formerslug/{former.pk}/delete/").status_code == 403
