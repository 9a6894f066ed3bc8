from django.urls import path, register_converter
from django.urls.converters import StringConverter

from osteon.service.decision_support import views


class Anything(StringConverter):
    """Whatever is asked for, line breaks too, which no path of Django's matches."""

    regex = r"(?s:.+)"


register_converter(Anything, "anything")

app_name = "decision_support"

# The specification writes them without a stroke at the end. A path, so that whatever is asked for under
# cds-services is told in JSON that there is no such service.
urlpatterns = [
    path("cds-services", views.services, name="services"),
    path("cds-services/openapi.json", views.interface, name="interface"),
    path("cds-services/<anything:service_id>/feedback", views.feedback, name="feedback"),
    path("cds-services/<anything:service_id>", views.service, name="service"),
]
