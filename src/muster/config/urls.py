"""Every slice that has pages is found under its own name."""

from django.conf import settings
from django.urls import include, path

from muster.foundation.accounts.views import my_work
from muster.shell import gallery
from muster.shell.discovery import modules

urlpatterns = [
    path("", my_work, name="home"),
    path("sign-in/", include("allauth.urls")),
    *(path(f"{each.slug}/", include(module)) for each, module in modules("urls")),
    *([path("gallery/", gallery.show, name="gallery")] if settings.DEBUG else []),
]
