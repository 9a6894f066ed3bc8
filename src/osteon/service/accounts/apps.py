from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "osteon.service.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from osteon.service.accounts import idle, upgrading  # noqa: F401  connect their receivers
