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
    path("letters/", views.letters, name="letters"),
    path("lists/", views.uploads, name="uploads"),
    path("lists/<uuid:uid>/", views.upload, name="upload"),
    path("lists/<uuid:uid>/enter/", views.enter, name="enter"),
    path("lists/<uuid:uid>/result/", views.result, name="result"),
    path("lists/<uuid:uid>/remove/", views.remove, name="remove"),
]
