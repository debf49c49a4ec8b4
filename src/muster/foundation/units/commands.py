"""`muster units`: the map through time, and the orders that change it."""

import click


@click.group("units")
def commands() -> None:
    """Units through time, and the orders that reorganise them."""
