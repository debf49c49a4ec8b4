"""After the hand-over: re-check, replacement, service and its end."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import connection, transaction

from muster.domains.recruitment import queries, rules
from muster.domains.recruitment.actions.moving import move
from muster.domains.recruitment.models import Case, Season, State
from muster.kernel.errors import Refused


class TooLate(Refused):
    """A return or replacement after the days that the circular allows."""


class TooMany(Refused):
    """More replacements than the circular allows of a quota."""


@transaction.atomic
def return_recruits(*, season: Season, on: date, cases: Sequence[int]) -> int:
    """The receiving unit returns recruits (case ids) after its re-check.

    Refused after the days of Circular 148/2018 art. 7.
    """
    days = rules.LAW.integer("replacement_days_verification", on)
    if on > season.hand_over_on + timedelta(days=days):
        raise TooLate(
            f"{on} is more than {days} days after the hand-over of {season.hand_over_on}; "
            "a return is then a matter of the receiving unit."
        )
    return move(
        season=season,
        act="return",
        signed_on=on,
        chosen=("select unnest(%s::bigint[]), 'returned', '', ''", [list(cases)]),
    )


@transaction.atomic
def replace_recruits(*, season: Season, on: date) -> int:
    """Send the next man of the reserve for each one returned and not yet replaced.

    A replacement is called up and handed over like anyone; his case names whose
    place he took. At most the legal share of the quota may be replaced.
    """
    returned = list(
        Case.objects.filter(season=season, state=State.RETURNED, replaced_by=None)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    _check_replacements(season, on)
    reserve = queries.next_in_reserve(season, len(returned))
    pairs = list(zip(reserve, returned, strict=False))
    chosen = [case for case, _ in pairs]
    for act, state in (("call_up", "called_up"), ("hand_over", "handed_over")):
        move(
            season=season,
            act=act,
            signed_on=on,
            event_on=on if act == "call_up" else None,
            chosen=("select unnest(%s::bigint[]), %s, '', 'replacement'", [chosen, state]),
        )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update recruitment_case c set replaces_id = p.returned
            from unnest(%s::bigint[], %s::bigint[]) p(replacement, returned)
            where c.id = p.replacement
            """,
            [chosen, [returned for _, returned in pairs]],
        )
    return len(pairs)


def _check_replacements(season: Season, on: date) -> None:
    quota = queries.quota(season, on)
    share = rules.LAW.integer("replacement_percent", on)
    returned = Case.objects.filter(season=season, state=State.RETURNED).count()
    if quota is None or returned * 100 > share * quota.seats:
        raise TooMany(
            f"{returned} replacements are more than {share} % of the quota of season {season.year}."
        )


@transaction.atomic
def accept_recruits(*, season: Season, on: date) -> int:
    """The receiving units keep the recruits: the re-check is over, they serve."""
    return move(
        season=season,
        act="acceptance",
        signed_on=on,
        chosen=(
            """
            select id, 'serving', '', '' from recruitment_case
            where season_id = %s and state = 'handed_over'
            """,
            [season.pk],
        ),
    )


@transaction.atomic
def close_season(*, season: Season, on: date) -> int:
    """Close the season: whoever was not called stays so for this season (never exempt)."""
    season.closed_on = on
    season.save(update_fields=["closed_on"])
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update recruitment_case set state = 'not_called'
            where season_id = %s and state = any(%s)
            """,
            [season.pk, list(rules.OPEN_STATES)],
        )
        return cursor.rowcount


@transaction.atomic
def discharge(*, season: Season, on: date) -> int:
    """Recognise the end of active service of the season's soldiers (24 months, art. 21)."""
    return move(
        season=season,
        act="discharge",
        signed_on=on,
        chosen=(
            """
            select id, 'discharged', '', '' from recruitment_case
            where season_id = %s and state = 'serving'
            """,
            [season.pk],
        ),
    )
