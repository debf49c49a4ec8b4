"""The lists of what was refused, and of accounts with their posts."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from muster.foundation.accounts import queries
from muster.foundation.accounts.models import Act, Post, Refusal, Role, User
from muster.foundation.units import queries as units
from muster.shell import written
from muster.shell.components import Event, Status
from muster.shell.tables import Column, Listing, page, plain


def _when(refusal: Refusal) -> str:
    return written.moment(refusal.refused_at)


def _who(refusal: Refusal) -> str:
    user = refusal.user
    return (user.get_full_name() or user.get_username()) if user else str(_("the house itself"))


def _unit(refusal: Refusal) -> str:
    if refusal.unit is None:
        return ""
    on = timezone.localdate(refusal.refused_at)
    found = units.named([refusal.unit.pk], on).get(refusal.unit.pk)
    return found.full_name if found else ""


COLUMNS = (
    Column("when", _("When"), _when, order="refused_at"),
    Column(
        "what", _("What was refused"), lambda each: queries.refusals().get(each.code, each.code)
    ),
    Column("who", _("Who tried"), _who),
    Column("unit", _("For which unit"), _unit),
)


def refusals(rows: "QuerySet[Refusal]", query: QueryDict) -> Listing:
    """One page of refusals, the newest first."""
    return page(
        rows,
        query,
        COLUMNS,
        caption=_("What was refused"),
        default="-when",
        empty_title=_("Nothing was refused"),
        empty_text=_("A vote without a seat or a signature by the wrong office would stand here."),
    )


def _roles(user: User) -> str:
    today = timezone.localdate()
    held = (post for post in user.posts.all() if post_state(post, today).tone == "good")
    return ", ".join(sorted({str(Role(post.role).label) for post in held}))


def _last_seen(user: User) -> str:
    return written.moment(user.last_login) if user.last_login else ""


ACCOUNTS = (
    Column(
        "username", _("Username"), "username", order="username", kind="reference",
        href=lambda user: reverse("accounts:account", args=[user.pk]),
    ),
    Column("name", _("Full name"), "first_name"),
    Column("posts", _("Posts held today"), _roles),
    Column("seen", _("Last sign-in"), _last_seen),
)  # fmt: skip


def accounts(rows: "QuerySet[User]", query: QueryDict) -> Listing:
    """One page of accounts by username."""
    return page(rows, query, ACCOUNTS, caption=_("Accounts"), default="username")


def post_state(post: Post, on: date) -> Status:
    """Whether a post is held on a day."""
    if post.valid_from > on:
        return Status(_("not begun"), "info")
    if post.valid_to is not None and post.valid_to <= on:
        return Status(_("ended"), "neutral")
    return Status(_("held"), "good")


def posts(rows: Sequence[Post], names: Mapping[int, str], on: date) -> Listing:
    """The posts of one account."""
    columns = (
        Column("post", _("Post"), lambda post: names[post.pk]),
        Column("begins", _("First day"), "valid_from", kind="date"),
        Column("ends", _("First day without the post"), "valid_to", kind="date"),
        Column("state", _("State"), lambda post: post_state(post, on), kind="status"),
    )
    return plain(_("Posts"), columns, rows, empty_title=_("No post yet"))


def acts(rows: Sequence[Act]) -> list[Event]:
    """What administrators did to an account, the newest first."""
    return [
        Event(
            on=timezone.localdate(act.done_at),
            title=Act.What(act.what).label,
            detail=act.by.get_full_name() if act.by else "",
        )
        for act in rows
    ]
