"""Who may be given a post, and when a post may end."""

from datetime import date

from muster.kernel.errors import Refused


class OwnPost(Refused):
    """An administrator who would give himself a post, or take one from himself."""


class NoSpan(Refused):
    """A post that would end before it has begun."""


def check_other(actor: int, user: int) -> None:
    """Nobody appoints or dismisses himself: another administrator does."""
    if actor == user:
        raise OwnPost(
            "nobody gives himself a post or ends his own; ask another administrator.",
            code="accounts.own_post",
        )


def check_span(begins: date, ends: date | None) -> None:
    """A post lasts a day at least; `ends` is the first day on which it is no longer held."""
    if ends is not None and ends <= begins:
        raise NoSpan(
            "the post begins on %(begins)s and cannot end on %(ends)s; choose a later day.",
            code="accounts.no_span",
            begins=begins,
            ends=ends,
        )
