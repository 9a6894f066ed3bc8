"""The test suite: a home of its own that vanishes, fast password hashing, no network."""

import atexit
import os
import shutil
import tempfile

# A test run never touches the home of the person who starts it. Set before base reads the environment.
# OSTEON_TEST_HOME: a test that starts processes of its own gives them one home, and removes it itself.
if "OSTEON_TEST_HOME" in os.environ:
    os.environ["OSTEON_HOME"] = os.environ["OSTEON_TEST_HOME"]
else:
    os.environ["OSTEON_HOME"] = tempfile.mkdtemp(prefix="osteon-test-")
    atexit.register(shutil.rmtree, os.environ["OSTEON_HOME"], ignore_errors=True)

from osteon.site.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
OSTEON_GALLERY = True
OSTEON_DEMONSTRATION_EHR = True
OSTEON_REQUIRE_SECOND_FACTOR = False  # the tests of the second factor turn it on

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
