from django.urls import path

from osteon.service.decision_support import views

app_name = "decision_support"

# The specification writes them without a stroke at the end
urlpatterns = [
    path("cds-services", views.services, name="services"),
    path("cds-services/openapi.json", views.interface, name="interface"),
    path("cds-services/<slug:service_id>", views.service, name="service"),
    path("cds-services/<slug:service_id>/feedback", views.feedback, name="feedback"),
]
