"""Pages of evidence; addresses hold opaque names only."""

from django.urls import path

from muster.foundation.evidence import views

app_name = "evidence"
urlpatterns = [
    path("ending/", views.ending, name="ending"),
    path("person/<uuid:uid>/", views.papers, name="papers"),
    path("<uuid:uid>/", views.paper, name="paper"),
    path("<uuid:uid>/file/", views.file, name="file"),
]
