from django.apps import AppConfig


class DefinitionsConfig(AppConfig):
    name = "osteon.service.definitions"
    label = "definitions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from osteon.service.definitions.listen import keep_answers
        from osteon.service.worklist.signals import looked_at

        looked_at.connect(keep_answers, dispatch_uid="definitions.keep_answers")
