"""Settings of Moving Cities: one file; what differs between machines comes from the environment.

Every variable is described in `.env.example`. With DEBUG on, each has a default that suits a machine for
trying things out; with DEBUG off, a missing SECRET_KEY, ALLOWED_HOSTS or operator stops the start.
"""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from movingcities.gdal import geo_libraries
from movingcities.tiles import tile_service

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)


def required(name, when_debugging, read=env.str):
    """A variable that production must set; debugging has a default for it."""
    value = read(name, default=when_debugging if DEBUG else None)
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name} (see .env.example).")
    return value


# Where it runs

SECRET_KEY = required("SECRET_KEY", "only for trying things out, never for a public site")
ALLOWED_HOSTS = required("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"], env.list)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# The public address of the site, for canonical links; empty means: as requested.
SITE_ADDRESS = env.str("SITE_ADDRESS", default="").rstrip("/")

ROOT_URLCONF = "movingcities.urls"
WSGI_APPLICATION = "movingcities.wsgi.application"

# Who runs it: named in the imprint and the privacy statement

OPERATOR_NAME = required("OPERATOR_NAME", "Moving Cities (trial installation)")
OPERATOR_ADDRESS = required("OPERATOR_ADDRESS", "not set: see OPERATOR_ADDRESS")
OPERATOR_EMAIL = required("OPERATOR_EMAIL", "operator@localhost")

# What it is made of

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, which it extends
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_prose_editor",
    "js_asset",
    "leaflet",
    "csp",
    "modelsearch",
    "publishing",
    "cities",
    "networks",
    "approaches",
    "commitments",
    "news",
    "translating",
    "search",
    "pages",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "publishing.middleware.PictureMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "publishing.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "publishing.readings.ReadingMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "publishing.context_processors.site",
            ],
        },
    },
]

# The admin's forms show widgets from templates/, so that the point picker's can be ours.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

CSRF_FAILURE_VIEW = "publishing.errors.csrf_failure"

# Database: SQLite in var/ unless DATABASE_URL names another

DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'movingcities.sqlite3'}")
}
# Connecting to PostgreSQL costs more than most pages; a connection is kept and checked before it is used again.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        transaction_mode="IMMEDIATE",
        init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;"
        "PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;",
    )
else:
    # A query that is asked a second time is prepared on the server (publishing/prepared.py); planning some of them
    # takes ten times as long as answering. Not for a pooler that hides which connection it is: PREPARE_THRESHOLD=0.
    DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = (
        env.int("PREPARE_THRESHOLD", default=1) or None
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Search: in the database, or in an OpenSearch at an address

SEARCH_BACKEND = env("SEARCH_BACKEND", default="")
MODELSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "search.backends.open_search",
        "URLS": [SEARCH_BACKEND],
        "INDEX_PREFIX": "movingcities_",
    }
    if SEARCH_BACKEND
    else {"BACKEND": "search.backends.database"}
}

# Languages. A new one is a line here, a migration and a .po file.

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("de", _("German")),
    ("el", _("Greek")),
    ("it", _("Italian")),
    ("pl", _("Polish")),
    ("es", _("Spanish")),
]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
# Text that a language lacks is shown in the first of these that has it.
MODELTRANSLATION_FALLBACK_LANGUAGES = tuple(code for code, _name in LANGUAGES)
# Whether the translators' desk knows what readers ask for most.
COUNT_READINGS = env.bool("COUNT_READINGS", default=True)
# Whether editors learn what people search for and do not find.
COUNT_MISSES = env.bool("COUNT_MISSES", default=True)
# The class that translates by machine (see translating/machine.py); none unless one is named.
MACHINE_TRANSLATION = env.str("MACHINE_TRANSLATION", default="")
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "publishing.storage.JoinedStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# Pictures that editors upload, and the versions made of them.
MEDIA_URL = "media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media")))
CONTENT_DIR = BASE_DIR / "fixtures"

# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not DEBUG)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=0 if DEBUG else 60 * 60 * 24 * 365)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=not DEBUG)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=not DEBUG)
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT
X_FRAME_OPTIONS = "DENY"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Maps: Leaflet's files come from django-leaflet, the outlines from static/map, nothing from elsewhere.

globals().update(geo_libraries())
LEAFLET_CONFIG = {
    "DEFAULT_CENTER": (48.0, 12.0),
    "DEFAULT_ZOOM": 4,
    "MIN_ZOOM": 2,
    "MAX_ZOOM": 12,
    "TILES": [],
    "ATTRIBUTION_PREFIX": "Natural Earth",
    "RESET_VIEW": False,
}

# Streets come from elsewhere only if the operator names a service, and then only if the visitor agrees.
MAP_TILES = tile_service(
    url=env.str("MAP_TILES_URL", default=""),
    attribution=env.str("MAP_TILES_ATTRIBUTION", default=""),
    consent=env.bool("MAP_TILES_CONSENT", default=True),
)
if MAP_TILES:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(MAP_TILES["source"])

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO" if DEBUG else "WARNING")},
}
