"""What hangs in public: seen without an account, commune by commune, with the least data.

A man finds himself here; nobody copies the list: fifty names a page, so many pages a
minute and a day, no index, no file.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from operator import itemgetter
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.decisions import papers, queries, rules
from muster.foundation.decisions.models import Channel, Posting
from muster.foundation.decisions.views.printing import language, printed
from muster.foundation.units import queries as units
from muster.shell import pace
from muster.shell.guards import requires
from muster.shell.tables import Column, Listing, plain

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def unhurried(view: View[P]) -> View[P]:
    """Show the page unless a stranger turns pages faster than somebody who looks for a name."""

    @wraps(view)
    def paced(request: HttpRequest, /, *args: P.args, **more: P.kwargs) -> HttpResponse:
        most = rules.LAW.value("posted_pages", timezone.localdate())
        wait = pace.too_fast(request, "posted", most)
        if not wait:
            return _hidden(view(request, *args, **more))
        answer = render(request, "decisions/slower.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        answer["Retry-After"] = str(wait)
        return _hidden(answer)

    return paced


@login_not_required
@require_GET
@unhurried
def posted(request: HttpRequest) -> HttpResponse:
    """The lists that hang on the web today."""
    with acting_as_system():
        hanging = queries.open_postings(timezone.localdate()).filter(channel=Channel.WEB)
        names = queries.signers({each.decision.unit_id for each in hanging}, timezone.localdate())
        rows = [
            (each, papers.abstract(each.decision), names[each.decision.unit_id].name)
            for each in hanging
        ]
        return render(request, "decisions/posted.html", {"rows": rows})


@login_not_required
@require_GET
@unhurried
def posting(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One list: first the communes, then the names of the commune chosen, fifty at a time."""
    today = timezone.localdate()
    with acting_as_system():
        found = queries.posting(uid, today)
        if found is None or found.channel != Channel.WEB:
            raise Http404
        communes = queries.communes_of(found.decision_id, found.decision.signed_on)
        chosen = next((each for each in communes if each.code == request.GET.get("unit")), None)
        if chosen is None and len(communes) == 1:
            chosen = communes[0]
        context = {
            "posting": found,
            "title": papers.abstract(found.decision),
            "doubts": queries.told(found.decision.confirmed_note),
            "communes": communes,
            "chosen": chosen,
            "shown": _page(request, found, chosen) if chosen else None,
        }
        return render(request, "decisions/posting.html", context)


@require_GET
@requires("decisions.read")
def notice(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The notice for the board, with the names of the reader's own places."""
    found = queries.posting(uid, timezone.localdate())
    if found is None:
        raise Http404
    with translation.override(language(request)):
        base = request.build_absolute_uri("/").rstrip("/")
        return printed(request, papers.of_posting(found, place_ids=None, base_url=base), "notice")


def _page(request: HttpRequest, found: Posting, chosen: units.Named) -> Listing:
    after = request.GET.get("after", "")
    shown = queries.posted(
        found,
        place_ids=units.place_ids(chosen.id, found.decision.signed_on),
        after=int(after) if after.isdecimal() else 0,
    )
    columns = [
        Column(str(at), heading, itemgetter(at)) for at, heading in enumerate(shown.headings)
    ]
    more = f"?unit={chosen.code}&after={shown.next_after}" if shown.next_after else ""
    return plain(chosen.full_name, columns, shown.rows, next_href=more)


def _hidden(answer: HttpResponse) -> HttpResponse:
    """No search engine keeps a list after it came down."""
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Cache-Control"] = "no-store"
    return answer
