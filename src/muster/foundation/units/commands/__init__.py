"""`muster units …`: the map through time, and the orders that change it."""

from muster.foundation.units.commands import maps, orders, proof
from muster.foundation.units.commands.group import commands

__all__ = ["commands", "maps", "orders", "proof"]
