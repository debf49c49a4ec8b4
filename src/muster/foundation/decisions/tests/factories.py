"""A small province of synthetic people for the tests of the slice."""

from datetime import date

from django.db import connection

from muster.foundation.register.models import Person
from muster.foundation.units.models import (
    Order,
    Place,
    Tenure,
    Unit,
    UnitParent,
    UnitVersion,
)

SINCE = date(2000, 1, 1)


def unit(level, name="Kiến Thụy"):
    order, _ = Order.objects.get_or_create(
        number="baseline", tree="government", signed_on=SINCE, effective_on=SINCE
    )
    kind = {"commune": "xã", "district": "huyện", "province": "thành phố"}[level]
    unit = Unit.objects.create(
        tree="government", level=level, code=f"{level}-{name}", opened_on=SINCE, opened_by=order
    )
    UnitVersion.objects.create(
        unit=unit, name=name, kind=kind, folded=name, sort_key=name, valid_from=SINCE,
        opened_by=order,
    )  # fmt: skip
    return unit


def place(unit):
    name = f"place of {unit.code}"
    found = Place.objects.create(code=name, name=name, folded=name, kind="commune")
    Tenure.objects.create(place=found, unit=unit, valid_from=SINCE, opened_by=unit.opened_by)
    return found


def take_over(place, unit, on):
    """Another unit has the place from a day on; one statement, since no day may be without one."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            with closed as (
                update units_tenure set valid_to = %(on)s, closed_by_id = %(order)s
                where place_id = %(place)s and valid_to is null returning place_id
            )
            insert into units_tenure (place_id, unit_id, valid_from, opened_by_id, provisional)
            select place_id, %(unit)s, %(on)s, %(order)s, false from closed
            """,
            {"on": on, "place": place.pk, "unit": unit.pk, "order": unit.opened_by_id},
        )


def people(place, number):
    return Person.objects.bulk_create(
        Person(
            place=place,
            full_name=f"Nguyễn Văn {each}",
            folded=f"nguyen van {each}",
            sort_key=f"{each:05}",
            sex="m",
            birth_date=date(2005, 1, 1),
            registered_on=date(2022, 4, 10),
        )
        for each in range(number)
    )


def under(unit, parent):
    UnitParent.objects.create(unit=unit, parent=parent, valid_from=SINCE, opened_by=unit.opened_by)
