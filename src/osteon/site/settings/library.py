"""The library: a second site, with its own process, database, files, secret and people.

Nothing clinical is installed here, so no patient can be reached: importing a model of the record fails. All of
its state lies in ``OSTEON_HOME/library``. A demonstration runs ``library_demo``, the tests ``library_test``.
"""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from osteon import __version__
from osteon.site.logs import logging_settings
from osteon.site.settings.base import ENVIRONMENT, OSTEON_HOME, OSTEON_PACKAGE, OSTEON_UNIT_NAME
from osteon.site.settings.environment import database, kept_secret

LIBRARY_HOME = OSTEON_HOME / "library"
for _folder in ("logs", "static", "media", "cases"):
    (LIBRARY_HOME / _folder).mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = kept_secret(LIBRARY_HOME)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *ENVIRONMENT.listed("OSTEON_LIBRARY_ALLOWED_HOSTS")]
OSTEON_VERSION = __version__
OSTEON_DEMONSTRATION = False
OSTEON_NETWORK = ENVIRONMENT.text("OSTEON_NETWORK") == "on"  # may this process ask the outside anything?
# Asked only when OSTEON_NETWORK is on too; usually https://connect.medlineplus.gov/service
OSTEON_MEDLINEPLUS_URL = ENVIRONMENT.text("OSTEON_MEDLINEPLUS_URL")
OSTEON_MEDLINEPLUS_SEARCH_URL = ENVIRONMENT.text(
    "OSTEON_MEDLINEPLUS_SEARCH_URL"
)  # https://wsearch.nlm.nih.gov/ws/query
OSTEON_PUBMED_EMAIL = ENVIRONMENT.text("OSTEON_PUBMED_EMAIL")  # whom the operators of PubMed may write to
OSTEON_PUBMED_KEY = ENVIRONMENT.text("OSTEON_PUBMED_KEY")  # ten requests a second in place of three
LIBRARY_JSONP = ENVIRONMENT.text("OSTEON_LIBRARY_JSONP") == "on"  # answers wrapped in a call of a function

# What each app of the library adds to the others
LIBRARY_APPS = ["pages", "editorial", "cases", "search", "evidence", "resources"]
# Functions (page, request) -> list of osteon.library.pages.panels.Panel, shown below a topic's own sections
LIBRARY_TOPIC_PANELS = [
    "osteon.library.resources.panels.medlineplus",
    "osteon.library.evidence.panels.articles_and_trials",
]
# Functions that yield what search can find: osteon.library.search.documents.Document
LIBRARY_DOCUMENTS = [
    "osteon.library.pages.documents.documents",
    "osteon.library.resources.documents.documents",
    "osteon.library.evidence.documents.documents",
]
# What may refuse a version (page, revision, user) or a text (page): osteon.library.pages.publishing
LIBRARY_PUBLISH_GATES = ["osteon.library.editorial.gate.approved"]
LIBRARY_TEXT_GUARDS = ["osteon.library.editorial.identifiers.refuse_in_page"]
# Where the unit's public address is, for feeds, emails and answers to other systems
LIBRARY_ADDRESS = ENVIRONMENT.text("OSTEON_LIBRARY_ADDRESS", "http://localhost:8001").rstrip("/")
# Under what anybody may use the unit's own texts; those that come with Osteon are under its licence
LIBRARY_LICENCE_NAME = ENVIRONMENT.text("OSTEON_LIBRARY_LICENCE", "Apache License 2.0")
LIBRARY_LICENCE_URL = ENVIRONMENT.text(
    "OSTEON_LIBRARY_LICENCE_URL", "https://www.apache.org/licenses/LICENSE-2.0"
)
LIBRARY_REFERRAL_ADDRESS = ENVIRONMENT.text("OSTEON_REFERRAL_ADDRESS")
LIBRARY_EMERGENCY_NUMBER = ENVIRONMENT.text("OSTEON_EMERGENCY_NUMBER", "999")
LIBRARY_REVIEW_WARNING_DAYS = ENVIRONMENT.number("OSTEON_REVIEW_WARNING_DAYS", 60)
LIBRARY_REVIEW_GRACE_DAYS = ENVIRONMENT.number("OSTEON_REVIEW_GRACE_DAYS", 180)
LIBRARY_REVIEW_YEARS = ENVIRONMENT.number("OSTEON_REVIEW_YEARS", 3)
LIBRARY_PAGE_CACHE_SECONDS = 3600
LIBRARY_CASE_FILES = LIBRARY_HOME / "cases"  # never below MEDIA_ROOT: served by a view that asks for consent

INSTALLED_APPS = [
    *(f"osteon.library.{app}" for app in LIBRARY_APPS),
    "wagtail.contrib.table_block",
    "wagtail.contrib.simple_translation",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "osteon.library.pages.middleware.PageHeaders",
    "osteon.library.pages.middleware.PageCache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "osteon.site.library_urls"
WSGI_APPLICATION = "osteon.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Jinja for what readers see; Django's own language for what Wagtail brings
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja",
        "DIRS": [
            *(OSTEON_PACKAGE / "library" / app / "templates" for app in LIBRARY_APPS),
            OSTEON_PACKAGE / "site" / "templates",
        ],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "osteon.library.pages.jinja.environment",
            "context_processors": ["osteon.library.pages.shell.shell"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

_URL = ENVIRONMENT.text("OSTEON_LIBRARY_DATABASE_URL")
DATABASES = {"default": database(_URL, LIBRARY_HOME)}
if not _URL:
    DATABASES["default"]["NAME"] = LIBRARY_HOME / "library.sqlite3"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Two trees of pages, English at "/", Spanish at "/es/"
USE_TZ = True
TIME_ZONE = ENVIRONMENT.text("OSTEON_TIME_ZONE", "Europe/London")
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [OSTEON_PACKAGE / "library" / "locale", OSTEON_PACKAGE / "site" / "locale"]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]

STATIC_URL = "/static/"
STATIC_ROOT = LIBRARY_HOME / "static"
STATICFILES_DIRS = [OSTEON_PACKAGE / "site" / "static"]
MEDIA_ROOT = LIBRARY_HOME / "media"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "osteon.site.static_files.Storage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a page of many sections is one form

# Wagtail. No question goes out: not for updates, not for faces, not for embeds
WAGTAIL_SITE_NAME = OSTEON_UNIT_NAME
WAGTAILADMIN_BASE_URL = LIBRARY_ADDRESS
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAIL_PASSWORD_RESET_ENABLED = True
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILIMAGES_EXTENSIONS = ["png", "webp", "jpg", "jpeg"]

# Editors sign in here, with accounts that exist only here
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = reverse_lazy("wagtailadmin_login")
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SESSION_COOKIE_NAME = "osteon-library"
CSRF_COOKIE_NAME = "osteon-library-csrf"  # localhost shares cookies between ports
SESSION_COOKIE_HTTPONLY = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

X_FRAME_OPTIONS = "SAMEORIGIN"  # the editors' preview frames our own pages
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

LOGGING = logging_settings(str(LIBRARY_HOME / "logs"))
DEFAULT_FROM_EMAIL = ENVIRONMENT.text("OSTEON_EMAIL_FROM", "osteon@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = "Osteon: "
EMAIL_HOST = ENVIRONMENT.text("OSTEON_EMAIL_HOST", "localhost")
EMAIL_PORT = ENVIRONMENT.number("OSTEON_EMAIL_PORT", 25)
EMAIL_HOST_USER = ENVIRONMENT.text("OSTEON_EMAIL_USER")
EMAIL_HOST_PASSWORD = ENVIRONMENT.text("OSTEON_EMAIL_PASSWORD")
EMAIL_USE_TLS = bool(EMAIL_HOST_USER)
EMAIL_TIMEOUT = 10
ADMINS = [("Osteon", address) for address in ENVIRONMENT.listed("OSTEON_ADMINS")]
SILENCED_SYSTEM_CHECKS = ["wagtailadmin.W003"]
