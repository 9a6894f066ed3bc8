"""Every address of the library. Each app writes its whole paths; what is left over is a page of the tree."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("editors/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *(path("", include(f"osteon.library.{app}.urls")) for app in settings.LIBRARY_APPS),
    *i18n_patterns(path("", include(wagtail_urls)), prefix_default_language=False),
]

handler404 = "osteon.library.pages.views.not_found"
handler500 = "osteon.library.pages.views.broken"
