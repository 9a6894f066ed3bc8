from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class PagesConfig(AppConfig):
    name = "osteon.library.pages"
    label = "pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail import signals
        from wagtail.models import Page, Site

        from osteon.library.pages import caching, indexing, posting

        changes = (
            signals.page_published,
            signals.page_unpublished,
            signals.post_page_move,
            signals.page_slug_changed,
        )
        for signal in changes:
            signal.connect(caching.forget_all, dispatch_uid="pages.forget")
        signals.page_published.connect(indexing.put, dispatch_uid="pages.put")
        signals.page_published.connect(posting.post, dispatch_uid="pages.post")
        signals.page_unpublished.connect(indexing.take, dispatch_uid="pages.take")
        post_delete.connect(indexing.take, sender=Page, dispatch_uid="pages.take")
        post_delete.connect(caching.forget_all, sender=Page, dispatch_uid="pages.forget")
        post_save.connect(caching.forget_all, sender=Site, dispatch_uid="pages.forget")
