"""Static files as production serves them."""

from django.core.management import call_command
from django.test import override_settings
from whitenoise.compress import Compressor

from publishing import storage


def test_the_styles_are_one_file_in_production(tmp_path):
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "publishing.storage.JoinedStaticFilesStorage"},
    }
    # To compress everything takes long, above all what others have written.
    others = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "js", "json", "map", "svg", "txt"]
    compressed = {"WHITENOISE_SKIP_COMPRESS_EXTENSIONS": others}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages, **compressed):
        call_command("collectstatic", interactive=False, verbosity=0)

    (joined,) = tmp_path.glob("css/site.*.css")
    styles = joined.read_text()
    assert "@import" not in styles
    assert ".breadcrumb" in styles
    assert "--paper" in styles
    assert (tmp_path / f"css/{joined.name}.br").exists()


def test_what_a_component_refers_to_is_found_from_the_joined_file(monkeypatch):
    files = {
        "css/site.css": '@import "fonts.css";\n@import "components/map.css";\n',
        "css/fonts.css": 'src: url("../fonts/one.woff2");\n',
        "css/components/map.css": 'mask: url("../../img/map/in.svg");\nbackground: url("data:image/png;base64,x");\n',
    }
    monkeypatch.setattr(storage, "read", files.get)

    joined = storage.joined_styles()

    assert 'url("../fonts/one.woff2")' in joined
    assert 'url("../img/map/in.svg")' in joined
    assert 'url("data:image/png;base64,x")' in joined
