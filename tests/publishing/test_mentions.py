"""News and events show on the pages of what they are about."""

import pytest

from news.models import EventCity, NewsCity
from tests.factories import make_city, make_event, make_network, make_news, make_policy_area

pytestmark = pytest.mark.django_db


def page(client, record):
    return client.get(record.get_absolute_url()).content.decode()


@pytest.fixture
def subjects():
    city, network, area = make_city("Athens"), make_network(), make_policy_area()
    for title, status in [("A decision", "published"), ("A rumour", "draft")]:
        news = make_news(title, status=status)
        NewsCity.objects.create(news=news, city=city)
        news.networks.add(network)
        news.policy_areas.add(area)
    event = make_event("A meeting")
    EventCity.objects.create(event=event, city=city)
    event.networks.add(network)
    event.policy_areas.add(area)
    return [city, network, area]


def test_each_subject_shows_what_is_public_about_it(client, subjects):
    for subject in subjects:
        text = page(client, subject)

        assert "A decision" in text
        assert "A meeting" in text
        assert "A rumour" not in text


def test_what_is_about_others_shows_nowhere(client, subjects):
    for other in [make_city(), make_network(), make_policy_area()]:
        text = page(client, other)

        assert "A decision" not in text
        assert "A meeting" not in text
