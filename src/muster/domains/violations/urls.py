"""The pages of the slice."""

from django.urls import path

from muster.domains.violations import views

app_name = "violations"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:uid>/", views.case, name="case"),
]
