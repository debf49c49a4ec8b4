"""Pages of the register; the addresses hold nothing that tells of a person."""

from django.urls import path

from muster.foundation.register import views

app_name = "register"
urlpatterns = [
    path("", views.people, name="people"),
    path("person/<uuid:uid>/", views.person, name="person"),
    path("account/", views.account, name="account"),
    path("account/<int:unit>/<slug:side>/<slug:why>/", views.heads, name="heads"),
    path("person/<uuid:uid>/transfer/", views.transfer, name="transfer"),
    path("transfers/", views.transfers, name="transfers"),
    path("transfers/<uuid:uid>/", views.answer, name="answer"),
    path("doubles/", views.doubles, name="doubles"),
    path("doubles/<uuid:uid>/", views.double, name="double"),
    path("doubles/<uuid:uid>/part/", views.part, name="part"),
    path("exports/", views.exports, name="exports"),
    path("exports/ask/", views.ask, name="ask_export"),
    path("exports/<uuid:uid>/", views.export, name="export"),
    path("exports/<uuid:uid>/answer/", views.answer_to, name="answer_export"),
    path("exports/<uuid:uid>/take/", views.take, name="take_export"),
    path("own/", views.own, name="own"),
    path("own/correct/", views.correct_own, name="correct_own"),
    path("own/file/", views.own_file, name="own_file"),
    path("own/extract/", views.own_extract, name="own_extract"),
    path("own/paper/<uuid:uid>/", views.own_paper, name="own_paper"),
    path("requests/", views.requests, name="requests"),
    path("requests/<uuid:uid>/", views.decide_request, name="request"),
    path("person/<uuid:uid>/access/", views.give_access, name="give_access"),
    path("person/<uuid:uid>/certificate/", views.issue, name="issue"),
    path("duties/", views.duties, name="duties"),
    path("duties/<uuid:uid>/", views.errand, name="errand"),
    path("duties/<int:unit>/<slug:kind>/<slug:period>/", views.filing, name="filing"),
    path("person/<uuid:uid>/change/", views.change, name="change"),
    path("letters/", views.letters, name="letters"),
    path("lists/", views.uploads, name="uploads"),
    path("lists/<uuid:uid>/", views.upload, name="upload"),
    path("lists/<uuid:uid>/enter/", views.enter, name="enter"),
    path("lists/<uuid:uid>/result/", views.result, name="result"),
    path("lists/<uuid:uid>/remove/", views.remove, name="remove"),
]
