"""What every Osteon site shares. ``demo``, ``production`` and ``test`` are three small files on top.

This is the only module that reads the process environment; ``environment.py`` says what to do when a
variable is missing. All state (database, media, logs, collected static files) lies in OSTEON_HOME.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from osteon import __version__
from osteon.site.logs import logging_settings
from osteon.site.settings.environment import Environment, database

ENVIRONMENT = Environment(os.environ)
OSTEON_HOME = ENVIRONMENT.home()
OSTEON_VERSION = __version__
OSTEON_PACKAGE = Path(__file__).resolve().parents[2]

DEBUG = False
SECRET_KEY = ""  # each settings file gives its own
# After a change of the key: the earlier ones, so that sessions and second factors stay readable meanwhile
SECRET_KEY_FALLBACKS = ENVIRONMENT.listed("OSTEON_OLD_SECRET_KEYS")
ALLOWED_HOSTS: list[str] = []

# What the unit can decide without touching code
OSTEON_UNIT_NAME = ENVIRONMENT.text("OSTEON_UNIT_NAME", "Bone infection unit")
OSTEON_DEMONSTRATION = False  # invented patients: says so on every page
OSTEON_GALLERY = False  # the page that shows every component
OSTEON_REQUIRE_SECOND_FACTOR = True
OSTEON_IDLE_MINUTES = ENVIRONMENT.number("OSTEON_IDLE_MINUTES", 30)  # 0: never signed out for want of use
OSTEON_PUBLIC_CALCULATORS = ENVIRONMENT.text("OSTEON_PUBLIC_CALCULATORS") == "yes"  # without signing in
OSTEON_URGENT_TELEPHONE = ENVIRONMENT.text("OSTEON_URGENT_TELEPHONE")  # beside "same-day assessment now"
OSTEON_BREAK_GLASS_HOURS = ENVIRONMENT.number("OSTEON_BREAK_GLASS_HOURS", 12)
# Where this unit's library is, for "Reading for this diagnosis"; without it the panel is not shown
OSTEON_LIBRARY_URL = ENVIRONMENT.text("OSTEON_LIBRARY_URL")

# Whoever yields events of a patient's record (osteon.service.patients.story reads them in this order)
OSTEON_STREAMS = [
    "osteon.service.patients.stream.events",
    "osteon.service.results.stream.events",
    "osteon.service.courses.stream.events",
]

# What the apps above put on a patient's page (osteon.service.patients.registry says what each gives)
OSTEON_PATIENT_TABS = [
    ("patients:patient", _("Overview")),
    ("worklist:patient_alerts", _("Alerts and tasks")),
    ("patients:episodes", _("Episode")),
    ("definitions:definitions", _("Definitions")),
    ("results:results", _("Results")),
    ("results:microbiology", _("Microbiology")),
    ("courses:courses", _("Antibiotics")),
    ("patients:findings", _("Findings")),
    ("patients:allergies", _("Allergies")),
    ("patients:history", _("History")),
]
OSTEON_PATIENT_PANELS = [
    "osteon.service.worklist.panels.alerts",
    "osteon.service.courses.panels.running_courses",
    "osteon.service.definitions.panels.headlines",
    "osteon.service.results.panels.latest_markers",
    "osteon.service.results.panels.microbiology",
    "osteon.service.reading.panels.reading",
]
OSTEON_PATIENT_WARNINGS = ["osteon.service.worklist.panels.red_alerts"]
OSTEON_TIMELINE_THRESHOLDS = ["osteon.service.results.thresholds.lines"]
OSTEON_FACT_PAGES = {
    "patients.episode": "patients:episode",
    "patients.finding": "patients:finding",
    "patients.allergy": "patients:allergy",
    "patients.importedfact": "patients:imported_fact",
    "results.result": "results:result",
    "results.specimen": "results:specimen",
    "courses.course": "courses:course",
}

# Decision support for other systems (CDS Hooks): who may call is a JSON file, see service/decision_support
OSTEON_CDS_HOOKS_CLIENTS = ENVIRONMENT.text("OSTEON_CDS_HOOKS_CLIENTS")  # none: nobody may call
OSTEON_CDS_HOOKS_ORIGINS = ENVIRONMENT.listed("OSTEON_CDS_HOOKS_ORIGINS")  # systems that call from a browser
OSTEON_CDS_HOOKS_BASE_URL = ENVIRONMENT.text("OSTEON_CDS_HOOKS_BASE_URL")  # as others know us; else the Host
OSTEON_CDS_HOOKS_MAX_BYTES = 5_000_000
OSTEON_DEMONSTRATION_EHR = False  # the bundled page that calls it as a GP's system would

SERVICE_APPS = [
    "accounts",
    "patients",
    "results",
    "courses",
    "reading",
    "imports",
    "worklist",
    "decision_support",
    "definitions",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "simple_history",
    "django_htmx",
    *(f"osteon.service.{app}" for app in SERVICE_APPS),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "osteon.service.accounts.middleware.PageHeaders",
    "osteon.service.accounts.middleware.RequestSizeLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "osteon.service.accounts.idle.IdleSignOut",
    "osteon.service.accounts.middleware.SecondFactorRequired",
    "osteon.service.accounts.middleware.DenyByDefault",
    "axes.middleware.AxesMiddleware",  # last: it turns a refused sign-in into the lock-out page
]

ROOT_URLCONF = "osteon.site.urls"
WSGI_APPLICATION = "osteon.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Jinja first: our pages. Django's own language behind it, for what libraries bring (plain-text emails).
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja",
        "DIRS": [
            OSTEON_PACKAGE / "site" / "templates",
            *(OSTEON_PACKAGE / "service" / app / "templates" for app in SERVICE_APPS),
        ],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "osteon.site.jinja.environment",
            "context_processors": ["osteon.site.shell.shell"],
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

DATABASES = {"default": database(ENVIRONMENT.text("OSTEON_DATABASE_URL"), OSTEON_HOME)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Language and time
USE_TZ = True
TIME_ZONE = ENVIRONMENT.text("OSTEON_TIME_ZONE", "Europe/London")
USE_I18N = True
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [OSTEON_PACKAGE / "site" / "locale"]

# Files
STATIC_URL = "static/"
STATIC_ROOT = OSTEON_HOME / "static"
STATICFILES_DIRS = [OSTEON_PACKAGE / "site" / "static"]
MEDIA_ROOT = OSTEON_HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "osteon.site.static_files.Storage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Sign-in
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("home")
LOGOUT_REDIRECT_URL = reverse_lazy("account_login")

ACCOUNT_ADAPTER = "osteon.service.accounts.adapters.AccountAdapter"
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator typed the address; nobody registers themselves
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False  # ward machines are shared: the session ends with the browser
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Osteon: "

MFA_ADAPTER = "osteon.service.accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate_webauthn": "osteon.service.accounts.passkeys.AuthenticateForm",
    "login_webauthn": "osteon.service.accounts.passkeys.LoginForm",
    "reauthenticate_webauthn": "osteon.service.accounts.passkeys.ReauthenticateForm",
    "add_webauthn": "osteon.service.accounts.passkeys.AddForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Osteon"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True  # see ACCOUNT_EMAIL_VERIFICATION

# Failed passwords are counted in the database, per address tried and place it is tried from
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
# The page says how long; trying again meanwhile does not prolong it
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "osteon.service.accounts.lock_out.name_tried"
AXES_CLIENT_IP_CALLABLE = "osteon.service.accounts.lock_out.client_address"
AXES_LOCKOUT_CALLABLE = "osteon.service.accounts.lock_out.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
OSTEON_PROXY_COUNT = 0  # proxies of ours in front that append to X-Forwarded-For
ALLAUTH_TRUSTED_PROXY_COUNT = OSTEON_PROXY_COUNT

SESSION_COOKIE_AGE = 10 * 60 * 60  # a long shift
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "osteon.site.pages.csrf_refused"

# The browser may load nothing from anywhere else, and nobody may frame us
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Limits on what a browser may post: everything together, and what is not a file
OSTEON_MAX_REQUEST_BYTES = 100_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Logs and emails carry no patient identifier (osteon.site.logs)
for _folder in ("logs", "static"):
    (OSTEON_HOME / _folder).mkdir(mode=0o700, exist_ok=True)
LOGGING = logging_settings(str(OSTEON_HOME / "logs"))
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
