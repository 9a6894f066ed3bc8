from django.urls import URLPattern, URLResolver, path

from osteon.service.results import views

app_name = "results"

PATIENT = "patients/<uuid:patient_id>"
RESULT = "results/<uuid:fact_id>"
SPECIMEN = "specimens/<uuid:fact_id>"
ISOLATE = "isolates/<uuid:fact_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("results/uninterpreted/", views.uninterpreted, name="uninterpreted"),
    path(f"{PATIENT}/results/", views.results, name="results"),
    path(f"{PATIENT}/results/record/", views.record_result, name="record_result"),
    path(f"{PATIENT}/results/<slug:key>/", views.measure, name="measure"),
    path(f"{PATIENT}/microbiology/", views.microbiology, name="microbiology"),
    path(f"{PATIENT}/specimens/record/", views.record_specimen, name="record_specimen"),
    path(f"{RESULT}/", views.result, name="result"),
    path(f"{RESULT}/edit/", views.edit_result, name="edit_result"),
    path(f"{RESULT}/interpret/", views.interpret_result, name="interpret_result"),
    path(f"{RESULT}/mark-in-error/", views.mark_result_in_error, name="mark_result_in_error"),
    path(f"{SPECIMEN}/", views.specimen, name="specimen"),
    path(f"{SPECIMEN}/edit/", views.edit_specimen, name="edit_specimen"),
    path(f"{SPECIMEN}/report/", views.report_specimen, name="report_specimen"),
    path(f"{SPECIMEN}/interpret/", views.interpret_specimen, name="interpret_specimen"),
    path(f"{SPECIMEN}/mark-in-error/", views.mark_specimen_in_error, name="mark_specimen_in_error"),
    path(f"{SPECIMEN}/isolates/record/", views.record_isolate, name="record_isolate"),
    path(f"{ISOLATE}/antibiogram/record/", views.record_antibiogram, name="record_antibiogram"),
    path(f"{ISOLATE}/mark-in-error/", views.mark_isolate_in_error, name="mark_isolate_in_error"),
    path(
        "susceptibilities/<uuid:fact_id>/mark-in-error/",
        views.mark_susceptibility_in_error,
        name="mark_susceptibility_in_error",
    ),
]
