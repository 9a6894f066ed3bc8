from django.urls import path

from osteon.service.definitions import views

app_name = "definitions"

OF_PATIENT = "patients/<uuid:patient_id>/definitions/"
OF_EPISODE = OF_PATIENT + "<uuid:episode_id>/"

urlpatterns = [
    path("calculators/", views.calculators, name="calculators"),
    path("calculators/<str:rule_id>/", views.calculator, name="calculator"),
    path(OF_PATIENT, views.definitions, name="definitions"),
    path(OF_EPISODE, views.of_episode, name="of_episode"),
    path(OF_EPISODE + "history/", views.history, name="history"),
    path(OF_EPISODE + "answer/<slug:question>/", views.record_answer, name="record_answer"),
    path("definitions/", views.caseload, name="caseload"),
    path("definitions/agreement/", views.agreement, name="agreement"),
    path("definitions/<str:rule_id>/", views.show_definition, name="show_definition"),
    path("definitions/<str:rule_id>/switch/", views.switch_definition, name="switch_definition"),
]
