from django.urls import path

from osteon.service.accounts import views

app_name = "accounts"

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/awake/", views.awake, name="awake"),
    path("account/second-factor/", views.second_factor_needed, name="second_factor_needed"),
    path("roles/", views.roles, name="roles"),
    path("people/", views.people, name="people"),
    path("people/create/", views.create_person, name="create_person"),
    path("people/<uuid:person_id>/", views.person, name="person"),
    path("people/<uuid:person_id>/change/", views.change_person, name="change_person"),
    path("people/<uuid:person_id>/deactivate/", views.deactivate_person, name="deactivate_person"),
    path("people/<uuid:person_id>/reactivate/", views.reactivate_person, name="reactivate_person"),
    path(
        "people/<uuid:person_id>/remove-second-factor/",
        views.remove_second_factor,
        name="remove_second_factor",
    ),
    path("people/<uuid:person_id>/send-link/", views.send_link, name="send_link"),
    path("teams/create/", views.create_team, name="create_team"),
    path("audit/", views.trail, name="trail"),
    path("break-glasses/", views.break_glasses, name="break_glasses"),
    path("break-glasses/<uuid:break_glass_id>/review/", views.review_break_glass, name="review_break_glass"),
]
