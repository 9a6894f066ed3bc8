from django.urls import URLPattern, URLResolver, path

from osteon.service.courses import views

app_name = "courses"

PATIENT = "patients/<uuid:patient_id>"
COURSE = "courses/<uuid:fact_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{PATIENT}/courses/", views.courses, name="courses"),
    path(f"{PATIENT}/courses/start/", views.start_course, name="start_course"),
    path(f"{COURSE}/", views.course, name="course"),
    path(f"{COURSE}/change-dose/", views.change_dose, name="change_dose"),
    path(f"{COURSE}/change-plan/", views.change_plan, name="change_plan"),
    path(f"{COURSE}/change-delivery/", views.change_delivery, name="change_delivery"),
    path(f"{COURSE}/stop/", views.stop_course, name="stop_course"),
    path(f"{COURSE}/edit/", views.edit_course, name="edit_course"),
    path(f"{COURSE}/mark-in-error/", views.mark_in_error, name="mark_in_error"),
]
