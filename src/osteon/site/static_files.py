"""Static files of a unit: named by their content, so that a browser keeps them for ever."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

_, IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns


class Storage(CompressedManifestStaticFilesStorage):
    """osteon.js imports nhsuk-frontend.js, so the import must name the hashed file too. Only our own scripts
    are rewritten: django-htmx carries some whose imports lead nowhere, and nobody loads those."""

    patterns = (*HashedFilesMixin.patterns, ("osteon/*.js", IMPORTS))
