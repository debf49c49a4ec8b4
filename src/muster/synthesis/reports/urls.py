"""Pages of the reviews."""

from django.urls import path

from muster.synthesis.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<str:code>/<str:period>/", views.half_year, name="half_year"),
    path("<str:code>/<str:period>/pdf/", views.half_year_pdf, name="half_year_pdf"),
    path("<str:code>/<str:period>/<str:indicator>/", views.rows, name="rows"),
]
