"""`muster units`: the map through time, and the orders that change it."""

import click


@click.group()
def units() -> None:
    """Units through time, and the orders that reorganise them."""
