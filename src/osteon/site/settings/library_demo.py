"""The library beside a demonstration: this machine only, invented case studies, sign-ins printed."""

from osteon.site.settings.library import *  # noqa: F403
from osteon.site.settings.library import LIBRARY_HOME

OSTEON_DEMONSTRATION = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = LIBRARY_HOME / "emails"
