"""After the hand-over: re-check, replacement, service and its end."""

from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction

from muster.domains.recruitment import queries, rules
from muster.domains.recruitment.actions.moving import lock_open, move
from muster.domains.recruitment.actions.opening import announced
from muster.domains.recruitment.models import Case, Season, State
from muster.domains.recruitment.queries import Choice
from muster.foundation.ledger import actions as ledger
from muster.kernel.errors import Refused


class TooLate(Refused):
    """A return or replacement after the days that the circular allows."""


class TooMany(Refused):
    """More replacements than the circular allows of a quota."""


class TooEarly(Refused):
    """The end of a service that is not yet completed."""


@transaction.atomic
def return_recruits(
    *, season: Season, on: date, cases: Sequence[int], verification: bool = False
) -> int:
    """The receiving unit returns recruits (case ids) after its re-check.

    Refused after 7 days, or 15 where a political, moral or medical verification was
    awaited (Circular 148/2018 art. 7).
    """
    _check_day(season, on, verification=verification)
    return move(
        season=season,
        act="return",
        signed_on=on,
        chosen=Choice("select unnest(%s::bigint[]), 'returned'", [list(cases)]),
    )


@transaction.atomic
def replace_recruits(
    *, season: Season, on: date, cases: Sequence[int] | None = None, verification: bool = False
) -> int:
    """Send the next man of the reserve for each one returned; returns how many went.

    `cases` are those to replace, by default all that were returned and not yet replaced.
    A replacement is called up and handed over like anyone; his case names whose place he
    took. Refused after the days of `return_recruits`, and beyond the legal share of the
    quota (Circular 148/2018 art. 7).
    """
    _check_day(season, on, verification=verification)
    returned = _to_replace(season, cases)
    _check_share(season, on, len(returned))
    reserve = queries.next_in_reserve(season, len(returned))
    pairs = list(zip(reserve, returned, strict=False))
    chosen = [case for case, _ in pairs]
    for act, state in (("call_up", "called_up"), ("hand_over", "handed_over")):
        move(
            season=season,
            act=act,
            signed_on=on,
            event_on=on if act == "call_up" else None,
            chosen=Choice(
                "select unnest(%s::bigint[]), %s, 'replacement'",
                [chosen, state],
                ("case_id", "state", "ground"),
            ),
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


def _to_replace(season: Season, cases: Sequence[int] | None) -> list[int]:
    waiting = Case.objects.filter(season=season, state=State.RETURNED, replaced_by=None)
    if cases is not None:
        waiting = waiting.filter(pk__in=cases)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def _check_day(season: Season, on: date, *, verification: bool) -> None:
    last = rules.last_day_of_return(season.hand_over_on, verification=verification)
    if on > last:
        raise TooLate(
            f"recruits handed over on {season.hand_over_on} could be returned and replaced until "
            f"{last}, not on {on}; it is now a matter of the receiving unit.",
            code="recruitment.too_late",
        )


def _check_share(season: Season, on: date, more: int) -> None:
    most = rules.most_replaced(announced(season, on).seats, on)
    done = Case.objects.filter(season=season, replaces__isnull=False).count()
    if done + more > most:
        raise TooMany(
            f"season {season.year} may replace {most} recruits; {done} are replaced and {more} more "
            "are asked for. Name fewer; the other seats stay open.",
            code="recruitment.too_many",
        )


@transaction.atomic
def accept_recruits(*, season: Season, on: date) -> int:
    """The receiving units keep the recruits: the re-check is over, they serve."""
    return move(
        season=season,
        act="acceptance",
        signed_on=on,
        chosen=_all_at(season, State.HANDED_OVER, State.SERVING),
    )


@transaction.atomic
def close_season(*, season: Season, on: date) -> int:
    """Close the season: whoever was not called stays so for this season (never exempt)."""
    lock_open(season)
    season.closed_on = on
    season.save(update_fields=["closed_on"])
    ledger.record(kind="recruitment.closing", ids=[season.pk])
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update recruitment_case set state = 'not_called'
            where season_id = %s and state = any(%s)
            """,
            [season.pk, list(rules.OPEN_STATES)],
        )
        return int(cursor.rowcount)


@transaction.atomic
def discharge(*, season: Season, on: date) -> int:
    """Recognise the end of active service of the season's soldiers (24 months, art. 21)."""
    if on < (ends := rules.service_ends(season.hand_over_on)):
        raise TooEarly(
            f"the soldiers of season {season.year} have completed their service on {ends}, "
            f"not yet on {on}.",
            code="recruitment.too_early",
        )
    return move(
        season=season,
        act="discharge",
        signed_on=on,
        chosen=_all_at(season, State.SERVING, State.DISCHARGED),
        closed=True,
    )


def _all_at(season: Season, state: State, target: State) -> Choice:
    return Choice(
        "select id, %s from recruitment_case where season_id = %s and state = %s",
        [target, season.pk, state],
    )
