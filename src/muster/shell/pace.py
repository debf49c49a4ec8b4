"""How fast a stranger may read public pages: so many in a span of time, then he waits.

Counted in the cache of each process under a keyed digest of the address, so that nothing
is kept about a reader; two processes let through twice as much at most.
"""

from collections.abc import Mapping

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SECONDS = {"minute": 60, "day": 86_400}


def too_fast(request: HttpRequest, what: str, most: Mapping[str, int]) -> int:
    """Count a reading of `what`; the seconds to wait where it is one too many, else 0.

    `most` says how many are allowed by `minute` and by `day`. Who is signed in is not
    counted: his readings stand in a log of their own.
    """
    if request.user.is_authenticated:
        return 0
    reader = salted_hmac("muster.pace", get_adapter().get_client_ip(request)).hexdigest()
    waits = [
        SECONDS[span]
        for span, number in most.items()
        if _counted(f"pace:{what}:{span}:{reader}", SECONDS[span]) > number
    ]
    return min(waits, default=0)


def _counted(key: str, seconds: int) -> int:
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two steps
        return 1
