"""Public pages of the log: its head, and the receipt of one paper."""

from django.urls import path

from muster.foundation.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.index, name="index"),
    path("head.json", views.head, name="head"),
    path("growth/<int:size>.json", views.growth, name="growth"),
    path("receipt/<str:kind>/<uuid:uid>/", views.receipt, name="receipt"),
    path("receipt/<str:kind>/<uuid:uid>.json", views.receipt_file, name="receipt_file"),
]
