from django.urls import URLPattern, URLResolver, path

from osteon.service.reading import views

app_name = "reading"

urlpatterns: list[URLPattern | URLResolver] = [
    path("patients/<uuid:patient_id>/reading/", views.reading, name="reading"),
]
