"""The pages of the slice."""

from django.urls import path

from muster.domains.works import views

app_name = "works"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:uid>/", views.programme, name="programme"),
]
