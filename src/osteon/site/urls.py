"""Every address of the site. Each app writes its whole paths (``patients/<uuid:patient_id>/results/``)."""

from django.conf import settings
from django.urls import include, path

from osteon.site import pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("language/", pages.set_language, name="set_language"),
    path("sign-in/", include("osteon.site.sign_in_urls")),
    path("", include("osteon.service.accounts.urls")),
    path("", include("osteon.service.worklist.urls")),
    path("", include("osteon.service.definitions.urls")),
    path("", include("osteon.service.patients.urls")),
    path("", include("osteon.service.results.urls")),
    path("", include("osteon.service.courses.urls")),
    path("", include("osteon.service.reading.urls")),
    path("", include("osteon.service.imports.urls")),
    path("", include("osteon.service.decision_support.urls")),
]

if settings.OSTEON_GALLERY:
    urlpatterns += [path("gallery/", pages.gallery, name="gallery")]

if settings.OSTEON_DEMONSTRATION_EHR:
    urlpatterns += [path("demonstration/", include("osteon.site.ehr.urls"))]

handler400 = "osteon.site.pages.bad_request"
handler403 = "osteon.site.pages.forbidden"
handler404 = "osteon.site.pages.not_found"
handler500 = "osteon.site.pages.broken"
handler429 = "osteon.service.accounts.lock_out.too_many"  # django-allauth asks for it
