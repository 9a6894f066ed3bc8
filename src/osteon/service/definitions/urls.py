from django.urls import path

from osteon.service.definitions import views

app_name = "definitions"

urlpatterns = [
    path("calculators/", views.calculators, name="calculators"),
    path("calculators/<str:rule_id>/", views.calculator, name="calculator"),
]
