"""Picture files: accepted or refused, cleaned, made smaller, handed out, shown, and deleted when nothing needs them."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.template import Context, Template
from django.utils.translation import override
from PIL import Image, ImageCms

from approaches.models import Approach
from publishing import pictures
from publishing.models import Picture
from publishing.pictures import picture_columns
from tests.factories import (
    make_approach,
    make_city,
    make_commitment,
    make_country,
    make_declaration,
    make_event,
    make_initiative,
    make_network,
    make_news,
    make_organisation,
    make_page,
    make_picture,
    make_policy_area,
)
from tests.pictures import GPS, MAKER, accepted, file_of, painted, phone_photo, photo, stored

DARK, LIGHT = (0, 128, 128), (240, 230, 140)  # teal, khaki


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Carries out what waits for the end of a transaction."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def picture(db, committed):
    with committed():
        return stored(photo(1300, 900), caption="The harbour in the evening", url="https://photos.example/1")


def refusal(content):
    with pytest.raises(ValidationError) as caught:
        pictures.accept(ContentFile(content))
    return caught.value.messages[0]


def opened(name):
    with default_storage.open(name) as file:
        image = Image.open(file)
        image.load()
        return image


def looks_like(pixel, colour):
    return all(abs(one - other) < 24 for one, other in zip(pixel, colour, strict=False))


# What is accepted


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_of_a_known_kind_is_accepted_by_its_content(kind):
    original = accepted(photo(900, 600, kind))

    assert (original.format.label.upper(), original.width, original.height) == (kind, 900, 600)


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", photo(kind="GIF"), photo(kind="BMP")],
    ids=["nothing", "svg", "pdf", "gif", "bmp"],
)
def test_what_is_no_picture_of_these_kinds_is_refused(content):
    assert refusal(content) == "This is no picture in one of the formats JPEG, PNG and WebP."


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_damaged_picture_is_refused(kind):
    content = photo(kind=kind)

    assert refusal(content[: len(content) // 2]) == "The picture is damaged and cannot be read."


def test_a_picture_that_unpacks_to_too_many_pixels_is_refused_before_it_is_unpacked():
    for side in (7000, 20000):
        content = file_of(Image.new("1", (side, side)), "PNG")

        assert len(content) < 100_000
        assert refusal(content) == "The picture is too large: at most 40 million pixels."


def test_a_file_of_too_many_bytes_is_refused():
    assert refusal(b"\xff" * 20_000_001) == "The file is too large: at most 20 MB."


def test_a_picture_that_is_too_small_is_refused():
    assert refusal(photo(399, 800)) == "The picture is too small: it has to be at least 400 pixels wide."


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_that_moves_is_refused(kind):
    content = file_of(painted(), kind, save_all=True, append_images=[painted().rotate(180)])

    assert refusal(content) == "The picture moves. Choose one that does not."


# What is taken out of it


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turned", [1, 6])
def test_where_and_with_what_it_was_taken_is_removed(kind, turned):
    content = phone_photo(turned=turned, kind=kind)
    assert b"A Phone" in content

    original = accepted(content)

    assert b"A Phone" not in original.content
    with Image.open(ContentFile(original.content)) as image:
        exif = image.getexif()
        assert not exif.get(MAKER)
        assert not exif.get_ifd(GPS)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_taken_sideways_stands_upright(kind):
    original = accepted(phone_photo(900, 600, turned=6, kind=kind))

    assert (original.width, original.height) == (600, 900)
    with Image.open(ContentFile(original.content)) as image:
        # The dark left half of what the camera saw is above now.
        assert looks_like(image.convert("RGB").getpixel((300, 100)), DARK)
        assert looks_like(image.convert("RGB").getpixel((300, 800)), LIGHT)


def test_comments_and_descriptions_are_removed_and_nothing_of_the_picture():
    image = painted()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    bare = file_of(image, "JPEG", icc_profile=profile)
    told = file_of(
        image, "JPEG", icc_profile=profile, comment=b"secret", xmp=b"<x:xmpmeta>secret</x:xmpmeta>"
    )
    assert told.count(b"secret") == 2

    assert accepted(told).content == bare


def test_what_a_phone_hangs_behind_a_picture_is_removed():
    content = photo()

    assert accepted(content + b"a film with its place").content == content


@pytest.mark.parametrize(
    "content", [photo(), phone_photo(turned=8), photo(kind="PNG"), phone_photo(kind="WEBP")]
)
def test_a_clean_picture_stays_as_it_is(content):
    original = accepted(content)

    assert accepted(original.content) == original


# What is made of it


def test_each_width_exists_in_two_modern_formats_and_one_in_jpeg(picture):
    names = {name: opened(name) for name, _width, _ending in picture.files.versions()}

    assert {name.rsplit("/")[-1] for name in names} == {
        "1200.jpg",
        *(f"{width}.{ending}" for width in (400, 800, 1200, 1300) for ending in ("avif", "webp")),
    }
    for name, width, _ending in picture.files.versions():
        assert names[name].size == (width, round(width * 900 / 1300))


def test_no_version_is_larger_than_the_original():
    assert pictures.Files("0" * 32, 500, 300).widths == [400, 500]
    assert pictures.Files("0" * 32, 5000, 300).widths == [400, 800, 1200, 1600]


@pytest.mark.parametrize(
    "image",
    [painted(mode="RGBA"), painted(mode="L"), painted().convert("CMYK"), painted().quantize(16)],
    ids=["transparent", "grey", "print", "palette"],
)
def test_versions_are_made_of_any_kind_of_colours(db, committed, image):
    kind = "JPEG" if image.mode == "CMYK" else "PNG"
    with committed():
        files = stored(file_of(image, kind)).files

    for name, _width, _ending in files.versions():
        assert opened(name).mode in ("RGB", "RGBA")


def test_what_is_transparent_is_white_in_jpeg(db, committed):
    image = painted(mode="RGBA")
    image.putalpha(0)
    with committed():
        files = stored(file_of(image, "PNG")).files

    assert looks_like(opened(files.name(900, "jpg")).getpixel((10, 10)), (255, 255, 255))


def test_versions_that_are_lost_are_made_again(picture, capsys):
    lost = [name for name, _width, _ending in picture.files.versions()][:2]
    for name in lost:
        default_storage.delete(name)

    call_command("make_pictures")

    assert all(default_storage.exists(name) for name in lost)
    assert "2 files of 1 picture were made." in capsys.readouterr().out


def test_an_original_that_is_lost_is_named(picture, capsys):
    pictures.delete(picture.digest)

    call_command("make_pictures")

    assert "harbour: the original is missing" in capsys.readouterr().out


# When files come and go


def test_a_picture_that_is_not_saved_for_good_leaves_no_files(db, media):
    stored()

    assert list(media.rglob("*.*")) == []


def test_files_go_with_their_picture(picture, media, committed):
    with committed():
        picture.delete()

    assert list(media.rglob("*.*")) == []


def test_files_go_with_pictures_that_are_deleted_together(picture, media, committed):
    with committed():
        Picture.objects.all().delete()

    assert list(media.rglob("*.*")) == []


def test_files_stay_as_long_as_another_picture_shows_them(picture, committed):
    with committed():
        again = stored(photo(1300, 900), alt="The same boats")
    assert (again.digest, again.slug) == (picture.digest, "harbour-2")

    with committed():
        picture.delete()

    assert default_storage.exists(again.files.name(400, "avif"))


def test_a_new_file_takes_the_place_of_the_former_one(picture, committed):
    former = picture.files
    with committed():
        picture.take(accepted(photo(1000, 1000)))
        picture.save()

    assert picture.slug == "harbour"
    assert not default_storage.exists(former.name(400, "avif"))
    assert default_storage.exists(picture.files.name(400, "avif"))


# How they are handed out


@pytest.mark.parametrize(
    ("ending", "kind"), [("jpg", "image/jpeg"), ("webp", "image/webp"), ("avif", "image/avif")]
)
def test_a_file_is_handed_out_for_browsers_to_keep(client, picture, ending, kind):
    response = client.get(
        default_storage.url(picture.files.name(1200, ending)), headers={"accept-encoding": "gzip"}
    )

    assert response["Content-Type"] == kind
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Content-Encoding" not in response
    assert "Set-Cookie" not in response
    assert len(b"".join(response.streaming_content)) == int(response["Content-Length"])


@pytest.mark.parametrize(
    "name",
    ["", "pictures/", "pictures/{digest}/", "pictures/{digest}/401.avif", "pictures/../secret.jpg", "secret.jpg",
     "pictures/{digest}/1200.jpg/..", "pictures/{digest}/original.html"],
)  # fmt: skip
def test_nothing_else_is_handed_out(client, picture, media, name):
    (media / "secret.jpg").write_bytes(b"secret")

    assert client.get(f"/media/{name.format(digest=picture.digest)}").status_code == 404


def test_a_file_is_only_read(client, picture):
    assert client.post(picture.files.url()).status_code in (404, 405)


# How they are shown


def shown(record, arguments=""):
    return Template(f"{{% load pictures %}}{{% picture record {arguments} %}}").render(
        Context({"record": record})
    )


def test_a_record_without_a_picture_shows_nothing(db):
    assert shown(make_city()) == ""
    assert shown(make_city(), '"card"') == ""


def test_a_picture_says_its_size_its_versions_and_its_rights(picture):
    page = shown(make_city(picture=picture))

    assert 'width="1300" height="900"' in page
    assert 'alt="Boats in the harbour"' in page
    assert 'loading="lazy"' in page
    assert '<source type="image/avif" srcset="/media/pictures/' in page
    assert "/400.webp 400w, " in page
    assert "The harbour in the evening" in page
    assert 'Picture: <a href="https://photos.example/1">A Photographer</a>' in page
    assert "CC BY-SA 4.0" in page


def test_the_first_picture_of_a_page_is_loaded_at_once(picture):
    page = shown(make_city(picture=picture), '"head" first=True')

    assert 'fetchpriority="high"' in page
    assert "lazy" not in page
    assert "picture--head" in page


def test_texts_in_another_language_say_so(picture):
    picture.alt_pl = "Łodzie w porcie"
    with override("pl"):
        page = shown(make_city(picture=picture))

    assert 'alt="Łodzie w porcie"' in page
    assert '<span lang="en">The harbour in the evening</span>' in page


def test_an_alternative_text_in_another_language_says_so(picture):
    with override("el"):
        assert 'alt="Boats in the harbour" lang="en"' in shown(make_city(picture=picture))


def test_a_picture_on_a_card_is_decoration(picture):
    page = shown(make_city(picture=picture), '"card"')

    assert 'alt=""' in page
    assert "Photographer" not in page


def test_a_list_shows_pictures_without_asking_for_each(picture, django_assert_num_queries):
    for _number in range(3):
        make_approach(picture=picture)
    make_approach()

    with django_assert_num_queries(1):
        rows = list(Approach.objects.values("slug", **picture_columns()))
        cards = [shown(row, '"card"') for row in rows]

    assert sum("<picture" in card for card in cards) == 3


PAGES = {
    "city": make_city,
    "country": lambda **fields: make_city(country=make_country(**fields)).country,
    "network": make_network,
    "organisation": make_organisation,
    "initiative": make_initiative,
    "declaration": make_declaration,
    "approach": make_approach,
    "policy area": make_policy_area,
    "commitment": make_commitment,
    "news": make_news,
    "event": make_event,
    "page": make_page,
}


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.django_db
def test_a_link_to_a_record_is_previewed_with_its_picture(client, kind):
    record = PAGES[kind](picture=make_picture(digest="a" * 32, width=900, height=600))

    page = client.get(record.get_absolute_url()).content.decode()

    assert f'<meta property="og:image" content="http://testserver/media/pictures/{"a" * 32}/900.jpg">' in page
    assert '<meta property="og:image:height" content="600">' in page
    assert '<meta property="og:image:alt" content="Boats in the harbour">' in page


@pytest.mark.django_db
def test_a_link_to_a_record_without_a_picture_is_previewed_with_the_map(client):
    assert "img/share.png" in client.get(make_city().get_absolute_url()).content.decode()


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.django_db
def test_a_picture_costs_a_page_one_query(client, kind, django_assert_max_num_queries):
    record = PAGES[kind]()
    client.get(record.get_absolute_url())
    with django_assert_max_num_queries(8) as without:
        client.get(record.get_absolute_url())

    record.picture = make_picture()
    record.save()
    with django_assert_max_num_queries(len(without) + 1):
        client.get(record.get_absolute_url())
