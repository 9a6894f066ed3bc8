"""The library's tests: a home that vanishes, no network, and tables made without Wagtail's history of them."""

from osteon.site.settings.test import OSTEON_HOME  # noqa: F401  first: it chooses a home of its own

from osteon.site.settings.library import *  # noqa: F403  # isort: skip

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
OSTEON_NETWORK = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
