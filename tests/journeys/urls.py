"""The house's addresses and the gallery of components."""

from django.urls import include, path

from muster.shell import gallery

urlpatterns = [
    path("gallery/", gallery.show, name="gallery"),
    path("", include("muster.config.urls")),
]
