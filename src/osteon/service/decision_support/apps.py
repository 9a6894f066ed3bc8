from django.apps import AppConfig


class DecisionSupportConfig(AppConfig):
    name = "osteon.service.decision_support"
    label = "decision_support"
    default_auto_field = "django.db.models.BigAutoField"
