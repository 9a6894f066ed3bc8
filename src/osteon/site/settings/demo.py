"""One laptop, invented patients, loopback only: what ``./osteon demo`` runs."""

from osteon.site.settings.base import *  # noqa: F403
from osteon.site.settings.base import ENVIRONMENT, OSTEON_HOME
from osteon.site.settings.environment import kept_secret

SECRET_KEY = kept_secret(OSTEON_HOME)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *ENVIRONMENT.listed("OSTEON_ALLOWED_HOSTS")]

OSTEON_DEMONSTRATION = True
OSTEON_GALLERY = True
OSTEON_DEMONSTRATION_EHR = True
OSTEON_CDS_HOOKS_CLIENTS = str(
    OSTEON_HOME / "demonstration-ehr" / "systems.json"
)  # written at its first call
OSTEON_PUBLIC_CALCULATORS = True
OSTEON_URGENT_TELEPHONE = "01632 960 018"  # a number kept for fiction
OSTEON_REQUIRE_SECOND_FACTOR = False  # the sign-ins are printed on the screen
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys can be tried on http://localhost

# Static files straight from the source tree: nothing to collect before the first page
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = OSTEON_HOME / "emails"
