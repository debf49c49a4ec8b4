"""The pages of the slice."""

from django.urls import path

from muster.domains.skeleton import views

app_name = "skeleton"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<uuid:uid>/", views.case, name="case"),
]
