from django.apps import AppConfig


class DefinitionsConfig(AppConfig):
    name = "osteon.service.definitions"
    label = "definitions"
    default_auto_field = "django.db.models.BigAutoField"
