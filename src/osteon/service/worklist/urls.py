from django.urls import path

from osteon.service.worklist import views

app_name = "worklist"

ALERT = "patients/<uuid:patient_id>/alerts/<uuid:alert_id>/"
HANDOVER = "handover/<uuid:patient_id>/"

urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/quiet/", views.quiet, name="quiet"),
    path("today/failing/", views.failing, name="failing"),
    path("patients/<uuid:patient_id>/alerts/", views.patient_alerts, name="patient_alerts"),
    path(ALERT, views.show_alert, name="show_alert"),
    path(ALERT + "acknowledge/", views.acknowledge_alert, name="acknowledge_alert"),
    path(ALERT + "snooze/", views.snooze_alert, name="snooze_alert"),
    path(ALERT + "reopen/", views.reopen_alert, name="reopen_alert"),
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/create/", views.create_task, name="create_task"),
    path("tasks/<uuid:task_id>/", views.edit_task, name="edit_task"),
    path("tasks/<uuid:task_id>/finish/", views.finish_task, name="finish_task"),
    path("tasks/<uuid:task_id>/reopen/", views.reopen_task, name="reopen_task"),
    path("handover/", views.handover, name="handover"),
    path(HANDOVER + "write/", views.write_handover, name="write_handover"),
    path(HANDOVER + "seen/", views.mark_seen, name="mark_seen"),
    path(HANDOVER + "oversee/", views.oversee_handover, name="oversee_handover"),
    path("rules/", views.rules, name="rules"),
    path("rules/<str:rule_id>/", views.show_rule, name="show_rule"),
    path("rules/<str:rule_id>/switch/", views.switch_rule, name="switch_rule"),
]
