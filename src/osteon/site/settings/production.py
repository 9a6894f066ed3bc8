"""A hospital: everything that must be secret or true is asked for, nothing is made up."""

from osteon.site.settings.base import *  # noqa: F403
from osteon.site.settings.base import ENVIRONMENT, OSTEON_HOME
from osteon.site.settings.environment import ALLOWED_HOSTS_HELP, MISSING_KEY_HELP

SECRET_KEY = ENVIRONMENT.required("OSTEON_SECRET_KEY", MISSING_KEY_HELP)
ENVIRONMENT.required("OSTEON_ALLOWED_HOSTS", ALLOWED_HOSTS_HELP)
ALLOWED_HOSTS = ENVIRONMENT.listed("OSTEON_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

# TLS ends at the proxy in front, which sets this header and removes it from what the browser sends
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-osteon"
CSRF_COOKIE_NAME = "__Host-osteon-csrf"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

# How many proxies in front append the browser's address to X-Forwarded-For (for the lock-out)
OSTEON_PROXY_COUNT = ENVIRONMENT.number("OSTEON_PROXY_COUNT", 1)
ALLAUTH_TRUSTED_PROXY_COUNT = OSTEON_PROXY_COUNT

# Limits are counted in a cache that all processes of this machine share
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": OSTEON_HOME / "cache",
    }
}
