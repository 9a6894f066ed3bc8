from django.urls import path

from osteon.service.accounts import views

app_name = "accounts"

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/second-factor/", views.second_factor_needed, name="second_factor_needed"),
]
