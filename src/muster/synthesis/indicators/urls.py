"""Pages of declared figures."""

from django.urls import path

from muster.synthesis.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("compare/", views.compare, name="compare"),
]
