"""The icon is also where browsers look that have not read the page."""


def test_the_icon_has_its_old_address(client):
    response = client.get("/favicon.ico")

    assert response.status_code == 301
    assert response["Location"].endswith("favicon-32.png")
