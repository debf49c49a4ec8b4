"""`muster units …`: the map through time, and the orders that change it."""

from muster.foundation.units.commands import compare, maps, orders, proof
from muster.foundation.units.commands.group import commands

__all__ = ["commands", "compare", "maps", "orders", "proof"]
