from django.urls import URLPattern, URLResolver, path

from osteon.service.patients import views

app_name = "patients"

PATIENT = "patients/<uuid:patient_id>"
PAIR = "patients/possible-duplicates/<uuid:pair_id>"
EPISODE = "episodes/<uuid:fact_id>"
FINDING = "findings/<uuid:fact_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("patients/", views.search, name="search"),
    path("patients/register/", views.register, name="register"),
    path("patients/possible-duplicates/", views.possible_duplicates, name="possible_duplicates"),
    path(f"{PAIR}/", views.possible_duplicate, name="possible_duplicate"),
    path(f"{PAIR}/merge/", views.merge, name="merge"),
    path(f"{PAIR}/settle/", views.settle_duplicate, name="settle_duplicate"),
    path(f"{PATIENT}/", views.patient, name="patient"),
    path(f"{PATIENT}/timeline/", views.timeline, name="timeline"),
    path(f"{PATIENT}/break-glass/", views.break_glass, name="break_glass"),
    path(f"{PATIENT}/identity/", views.identity, name="identity"),
    path(f"{PATIENT}/identity/edit/", views.edit_patient, name="edit_patient"),
    path(f"{PATIENT}/identity/add-number/", views.add_identifier, name="add_identifier"),
    path(f"{PATIENT}/identity/note-duplicate/", views.note_duplicate, name="note_duplicate"),
    path(f"{PATIENT}/identity/unmerge/<uuid:record_id>/", views.unmerge, name="unmerge"),
    path(f"{PATIENT}/episodes/", views.episodes, name="episodes"),
    path(f"{PATIENT}/episodes/open/", views.open_episode, name="open_episode"),
    path(f"{PATIENT}/findings/", views.findings, name="findings"),
    path(f"{PATIENT}/findings/record/", views.record_finding, name="record_finding"),
    path(f"{PATIENT}/allergies/", views.allergies, name="allergies"),
    path(f"{PATIENT}/allergies/record/", views.record_allergy, name="record_allergy"),
    path(
        f"{PATIENT}/allergies/record-none-known/",
        views.record_no_known_allergies,
        name="record_no_known_allergies",
    ),
    path(f"{PATIENT}/history/", views.history, name="history"),
    path(f"{EPISODE}/", views.episode, name="episode"),
    path(f"{EPISODE}/edit/", views.edit_episode, name="edit_episode"),
    path(f"{EPISODE}/move/", views.move_episode, name="move_episode"),
    path(f"{EPISODE}/close/", views.close_episode, name="close_episode"),
    path(f"{EPISODE}/mark-in-error/", views.mark_episode_in_error, name="mark_episode_in_error"),
    path(f"{FINDING}/", views.finding, name="finding"),
    path(f"{FINDING}/edit/", views.edit_finding, name="edit_finding"),
    path(f"{FINDING}/mark-in-error/", views.mark_finding_in_error, name="mark_finding_in_error"),
    path("allergies/<uuid:fact_id>/", views.allergy, name="allergy"),
    path(
        "allergies/<uuid:fact_id>/mark-in-error/", views.mark_allergy_in_error, name="mark_allergy_in_error"
    ),
    path("imported-facts/<uuid:fact_id>/", views.imported_fact, name="imported_fact"),
    path(
        "imported-facts/<uuid:fact_id>/mark-in-error/",
        views.mark_imported_fact_in_error,
        name="mark_imported_fact_in_error",
    ),
    path(
        "identifiers/<uuid:fact_id>/mark-in-error/",
        views.mark_identifier_in_error,
        name="mark_identifier_in_error",
    ),
]
