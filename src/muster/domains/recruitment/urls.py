"""The pages of the slice; addresses hold opaque names only."""

from django.urls import path

from muster.domains.recruitment.views import (
    absences,
    examination,
    opening,
    outlived,
    requests,
    season,
)

app_name = "recruitment"
urlpatterns = [
    path("", season.seasons, name="seasons"),
    path("open/", opening.opening, name="open"),
    path("examination/", examination.examinations, name="examinations"),
    path("examination/slip/<uuid:uid>/", examination.slip, name="slip"),
    path("examination/<uuid:uid>/conclude/", examination.conclude, name="conclude"),
    path("examination/<uuid:uid>/<slug:code>/", examination.station, name="station"),
    path("outlived/", outlived.outlived, name="outlived"),
    path("<uuid:uid>/", season.season, name="season"),
    path("<uuid:uid>/quota/", season.quota, name="quota"),
    path("<uuid:uid>/cases/", season.cases, name="cases"),
    path("<uuid:uid>/cases/<uuid:person>/", season.case, name="case"),
    path("<uuid:uid>/cases/<uuid:person>/absence/", absences.absence, name="absence"),
    path("<uuid:uid>/cases/<uuid:person>/request/", requests.ask, name="ask"),
    path("<uuid:uid>/cases/<uuid:person>/request/now/", requests.as_registered, name="registered"),
    path("<uuid:uid>/cases/<uuid:person>/request/<slug:ground>/", requests.paper, name="paper"),
    path(
        "<uuid:uid>/cases/<uuid:person>/request/<slug:ground>/decline/",
        requests.decline,
        name="decline",
    ),
]
