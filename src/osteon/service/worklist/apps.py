from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "osteon.service.worklist"
    label = "worklist"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from osteon.service.accounts.signals import facts_touched
        from osteon.service.worklist.listen import queue_patients

        facts_touched.connect(queue_patients, dispatch_uid="worklist.queue_patients")
