"""Schools, agencies and enterprises whose people register there while they study or work."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.actions.lists import group_code
from muster.foundation.units import actions as units
from muster.foundation.units.models import Place, PlaceKind
from muster.kernel.errors import Refused
from muster.kernel.names import nfc


class KnownAlready(Refused):
    """A school, agency or enterprise that stands on this ground already."""


@transaction.atomic
def establish_office(*, name: str, ground: Place) -> Place:
    """Let a school, agency or enterprise on a commune's ground register (Law 78/2015/QH13 art. 15).

    From then on letters of transfer lead to it and from it; whoever answers for the ground
    receives them. `KnownAlready` where the ground has one of that name.
    """
    code = group_code(ground.code, name)
    office = units.NewGroup(code, nfc(name), ground.code, kind=PlaceKind.OFFICE)
    if not units.establish_places(groups=[office]):
        raise KnownAlready(_("“%(name)s” is known on this ground already.") % {"name": nfc(name)})
    return Place.objects.get(code=code)
