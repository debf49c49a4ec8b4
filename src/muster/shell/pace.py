"""How fast a stranger may read public pages: so many in a span of time, then he waits.

Counted for all processes of the house in one small table of the database, under a keyed
digest of the address. The table is never written to the database's log, and a count goes
once its span is over, so that nothing is kept about a reader.
"""

from collections.abc import Mapping
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

#: Parts this digest of an address from any other use of the secret.
SALT = "muster.pace"
SECONDS = {"minute": 60, "day": 86_400}

#: Counts one reading, begins anew where the span is over, and clears what others left.
_COUNT = """
    with cleared as (
        delete from shell_pace where reader in (
            select reader from shell_pace where ends_at <= %(now)s and reader <> %(reader)s
            limit 100 for update skip locked)
    )
    insert into shell_pace as p (reader, readings, ends_at) values (%(reader)s, 1, %(ends)s)
    on conflict (reader) do update set
        readings = case when p.ends_at <= %(now)s then 1 else p.readings + 1 end,
        ends_at = case when p.ends_at <= %(now)s then excluded.ends_at else p.ends_at end
    returning readings
"""


def too_fast(request: HttpRequest, what: str, most: Mapping[str, int]) -> int:
    """Count a reading of `what`; the seconds to wait where it is one too many, else 0.

    `most` says how many are allowed by `minute` and by `day`. Who is signed in is not
    counted: his readings stand in a log of their own.
    """
    if request.user.is_authenticated:
        return 0
    reader = salted_hmac(SALT, get_adapter().get_client_ip(request)).hexdigest()
    waits = [
        SECONDS[span]
        for span, number in most.items()
        if _counted(f"{what}:{span}:{reader}", SECONDS[span]) > number
    ]
    return min(waits, default=0)


def _counted(reader: str, seconds: int) -> int:
    now = timezone.now()
    with connection.cursor() as cursor:
        ends = now + timedelta(seconds=seconds)
        cursor.execute(_COUNT, {"reader": reader, "now": now, "ends": ends})
        return int(cursor.fetchone()[0])
