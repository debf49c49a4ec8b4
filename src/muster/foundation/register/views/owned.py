"""Tables of the citizen's own side."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from muster.foundation.register.models import Request
from muster.foundation.register.models.labels import WISHES
from muster.foundation.register.queries.own import Read
from muster.shell.components import Status, Tone
from muster.shell.tables import Column, Listing, plain
from muster.shell.written import day

_TONES: dict[str, Tone] = {"open": "warn", "granted": "good", "refused": "bad"}


def _state(wish: Request) -> Status:
    return Status(wish.get_state_display(), _TONES[wish.state])


def _answer_href(wish: Request) -> str:
    if wish.state == Request.State.OPEN:
        return ""
    return reverse("ledger:receipt", args=["register.request_answer", wish.uid])


_READS = (
    Column("at", _("Day and hour"), lambda read: f"{localtime(read.at):%d/%m/%Y %H:%M}"),
    Column("by", _("By")),
    Column("page", _("What")),
)
_OWN_REQUESTS = (
    Column("field", _("Fact"), lambda wish: WISHES[wish.field]),
    Column("wanted", _("Should stand there")),
    Column("due", _("Answer until"), lambda wish: day(wish.due_on)),
    Column("state", _("State"), _state, kind="status"),
    Column(
        "answer",
        pgettext_lazy("to a wish", "Answer"),
        lambda wish: wish.answer or "–",
        href=_answer_href,
    ),
)
_WAITING = (
    Column(
        "name",
        _("Full name"),
        "person.full_name",
        href=lambda wish: reverse("register:request", args=[wish.uid]),
    ),
    Column("field", _("Fact"), lambda wish: WISHES[wish.field]),
    Column("asked", _("Asked on"), "asked_on", kind="date"),
    Column("due", _("Answer until"), "due_on", kind="date"),
)


def readings(rows: Iterable[Read]) -> Listing:
    """Who read the entry."""
    return plain(
        _("Who read my entry"),
        _READS,
        rows,
        name="readings",
        empty_title=_("Nobody has read my entry yet"),
    )


def requests(rows: QuerySet[Request]) -> Listing:
    """What the citizen asked to be corrected."""
    return plain(
        _("What I asked to be corrected"),
        _OWN_REQUESTS,
        rows,
        name="requests",
        empty_title=_("You have asked for nothing"),
        empty_text=_("If a fact is wrong, ask for it to be corrected."),
        empty_href=reverse("register:correct_own"),
        empty_action=_("Ask for a correction"),
    )


def waiting(rows: QuerySet[Request]) -> Listing:
    """What waits for the office's answer."""
    return plain(
        _("Corrections that citizens ask for"),
        _WAITING,
        rows,
        empty_title=_("No wish waits"),
        empty_text=_("What citizens ask to be corrected appears here."),
    )
