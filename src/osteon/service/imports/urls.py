from django.urls import URLPattern, URLResolver, path

from osteon.service.imports import views

app_name = "imports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("imports/", views.runs, name="runs"),
    path("imports/upload/", views.upload, name="upload"),
    path("imports/<uuid:run_id>/", views.run, name="run"),
]
