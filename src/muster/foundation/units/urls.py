"""Pages of units: the tree, a unit, its map, orders and the work list."""

from django.urls import path

from muster.foundation.units.views import (
    bounds,
    drafting,
    orders,
    proof,
    schematic,
    signing,
    tree,
    unit,
    waiting,
)

app_name = "units"
urlpatterns = [
    path("", tree.tree, name="tree"),
    path("branch/<int:pk>/", tree.branch, name="branch"),
    path("code/<str:code>/", tree.by_code, name="by_code"),
    path("unit/<int:pk>/", unit.unit, name="unit"),
    path("unit/<int:pk>/kept/", unit.kept, name="kept"),
    path("unit/<int:pk>/map/", schematic.schematic, name="map"),
    path("boundaries/", bounds.boundaries, name="boundaries"),
    path("waiting/", waiting.overview, name="waiting"),
    path("waiting/<int:pk>/table/", waiting.table, name="import"),
    path("waiting/<int:pk>/unit/<int:unit>/", waiting.of_unit, name="divided"),
    path("waiting/<int:pk>/place/<int:place>/", waiting.place, name="place"),
    path("orders/", orders.orders, name="orders"),
    path("orders/file/", orders.file, name="file"),
    path("orders/new/", drafting.draft, name="draft"),
    path("orders/<int:pk>/", orders.order, name="order"),
    path("orders/<int:pk>/preview/", signing.preview, name="preview"),
    path("orders/<int:pk>/apply/", signing.apply, name="apply"),
    path("orders/<int:pk>/undo/", signing.undo, name="undo"),
    path("orders/<int:pk>/reconciliation/", proof.reconciliation, name="reconciliation"),
    path("orders/<int:pk>/reconciliation.pdf", proof.paper, name="reconciliation_pdf"),
    path("orders/<int:pk>/reconciliation.json", proof.data, name="reconciliation_json"),
    path("orders/<int:pk>/reconciliation/log/", proof.log, name="reconciliation_log"),
]
