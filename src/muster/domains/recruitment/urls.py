"""The pages of the slice; addresses hold opaque names only."""

from django.urls import path

from muster.domains.recruitment import views

app_name = "recruitment"
urlpatterns = [
    path("", views.seasons, name="seasons"),
    path("<uuid:uid>/", views.season, name="season"),
    path("<uuid:uid>/quota/", views.quota, name="quota"),
    path("<uuid:uid>/cases/", views.cases, name="cases"),
    path("<uuid:uid>/cases/<uuid:person>/", views.case, name="case"),
]
