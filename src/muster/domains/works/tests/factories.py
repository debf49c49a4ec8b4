"""A city with three districts and a programme of works."""

from datetime import date

from muster.domains.works import actions
from muster.foundation.units.models import Order, Unit, UnitVersion

SINCE, UNTIL = date(2018, 1, 1), date(2026, 1, 1)
SOURCE = "programme 2018–2025"


def unit(level, name):
    order, _ = Order.objects.get_or_create(
        number="T-1", tree="government", signed_on=SINCE, effective_on=SINCE
    )
    made = Unit.objects.create(
        tree="government", level=level, code=name, opened_on=SINCE, opened_by=order
    )
    kind = {"province": "thành phố", "district": "huyện"}[level]
    UnitVersion.objects.create(
        unit=made, name=name, kind=kind, folded=name, sort_key=name, valid_from=SINCE,
        opened_by=order,
    )  # fmt: skip
    return made


def programme(city=None, **more):
    """Two works in An Dương, one each in Cát Hải and Kiến Thụy."""
    city = city or unit("province", "Hải Phòng")
    names = ("An Dương", "Cát Hải", "Kiến Thụy")
    first, second, third = (unit("district", name) for name in names)
    works = [(first.pk, "A-1"), (first.pk, "A-2"), (second.pk, "C-1"), (third.pk, "K-1")]
    facts = {"title": "2018–2025", "starts_on": SINCE, "ends_on": UNTIL} | more
    return actions.open_programme(unit=city, works=works, source=SOURCE, **facts)
