from django.urls import path, re_path

from osteon.service.decision_support import views

app_name = "decision_support"

# The specification writes them without a stroke at the end. A path, so that whatever is asked for under
# cds-services is told in JSON that there is no such service.
urlpatterns = [
    path("cds-services", views.services, name="services"),
    path("cds-services/openapi.json", views.interface, name="interface"),
    path("cds-services/<path:service_id>/feedback", views.feedback, name="feedback"),
    path("cds-services/<path:service_id>", views.service, name="service"),
    # What holds a line break no path matches, and nobody reverses.
    re_path(r"^cds-services/(?P<service_id>(?s:.+))\Z", views.service),
]
