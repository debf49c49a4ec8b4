"""A small province of synthetic people for the tests of the slice."""

from datetime import date

from muster.foundation.register.models import Person
from muster.foundation.units.models import Place, Unit

SINCE = date(2000, 1, 1)


def unit(level, name="Xã Kiến Thụy"):
    return Unit.objects.create(name=name, level=level, valid_from=SINCE)


def place(unit):
    return Place.objects.create(unit=unit)


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
