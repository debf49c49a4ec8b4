"""Pages about the user himself."""

from django.urls import path

from muster.foundation.accounts import views

app_name = "accounts"
urlpatterns = [
    path("theme/", views.theme, name="theme"),
    path("language/", views.language, name="language"),
]
