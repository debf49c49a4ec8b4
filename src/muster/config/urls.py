"""Every slice that has pages is found under its own name."""

from django.urls import include, path

from muster.shell.discovery import modules

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    *(path(f"{each.slug}/", include(module)) for each, module in modules("urls")),
]
