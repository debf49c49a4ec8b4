"""A commune with its groups, and people to live there."""

from datetime import date

from muster.foundation.register import actions
from muster.foundation.units.models import Order, Place, Tenure, Unit, UnitVersion

SINCE, TODAY = date(2000, 1, 1), date(2026, 3, 2)


def baseline():
    return Order.objects.get_or_create(
        number="baseline",
        defaults={"tree": "government", "signed_on": SINCE, "effective_on": SINCE},
    )[0]


def commune(name="Kiến Thụy"):
    order = baseline()
    unit = Unit.objects.create(
        tree="government", level="commune", code=name, opened_on=SINCE, opened_by=order
    )
    UnitVersion.objects.create(
        unit=unit, name=name, kind="xã", folded=name, sort_key=name, valid_from=SINCE,
        opened_by=order,
    )  # fmt: skip
    return unit


def ground(unit, name="", *, within=None, within_id=None, provisional=False):
    within_id = within.pk if within else within_id
    kind = "group" if within_id else "commune"
    name = name or unit.code
    place = Place.objects.create(
        code=f"{unit.code}/{name}", name=name, folded=name, kind=kind, within_id=within_id
    )
    Tenure.objects.create(
        place=place, unit=unit, valid_from=SINCE, opened_by=unit.opened_by, provisional=provisional
    )
    return place


def identity(full_name="Nguyễn Văn An", **more):
    facts = {"sex": "m", "birth_date": date(2005, 5, 19), "citizen_number": "031205001234"}
    return actions.Identity(full_name=full_name, **facts | more)


def register(place, full_name="Nguyễn Văn An", *, on=date(2022, 4, 10), **more):
    return actions.register(
        identity=identity(full_name, **more), place_id=place.pk, on=on, basis="Form 01"
    )
