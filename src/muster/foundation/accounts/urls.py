"""Pages about the user himself, and what was refused."""

from django.urls import path

from muster.foundation.accounts import views

app_name = "accounts"
urlpatterns = [
    path("theme/", views.theme, name="theme"),
    path("language/", views.language, name="language"),
    path("", views.accounts, name="accounts"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.account, name="account"),
    path("refusals/", views.refusals, name="refusals"),
]
