from django.urls import path

from osteon.site.ehr import views

urlpatterns = [
    path("ehr/", views.ehr, name="ehr"),
    path("ehr/feedback/", views.give_feedback, name="give_feedback"),
]
