"""Pages of the register."""

from muster.foundation.register.views.doubles import double, doubles, letters, part
from muster.foundation.register.views.entries import people, person

__all__ = ["double", "doubles", "letters", "part", "people", "person"]
