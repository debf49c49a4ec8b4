"""What anyone may see of the log without signing in: digests, heads, and one paper's receipt.

A receipt is asked for by the opaque name printed on the paper. Whoever holds the paper
may check it; the row itself is read in a scope opened for this one question.
"""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from muster.foundation.ledger import queries
from muster.foundation.ledger.rules import Receipt
from muster.foundation.ledger.tables import head_facts, receipt_facts
from muster.shell import keys, rls


@login_not_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The newest head of the log, its key, and how to check both."""
    newest = queries.latest_head()
    facts = head_facts(newest, keys.public_key()) if newest else ()
    return render(request, "ledger/index.html", {"facts": facts})


@login_not_required
@require_GET
def head(_request: HttpRequest) -> JsonResponse:
    """The newest head as a file to keep."""
    newest = queries.latest_head()
    if newest is None:
        return JsonResponse({"size": 0, "key": keys.public_key().hex()})
    return JsonResponse(
        {
            "size": newest.size,
            "root": bytes(newest.root).hex(),
            "signature": bytes(newest.signature).hex(),
            "signed_at": newest.signed_at.isoformat(),
            "key": keys.public_key().hex(),
        }
    )


@login_not_required
@require_GET
def growth(_request: HttpRequest, size: int) -> JsonResponse:
    """The proof that the log only grew since a head that somebody kept."""
    return JsonResponse(queries.growth(size).as_json())


@login_not_required
@never_cache
@require_GET
def receipt(request: HttpRequest, kind: str, uid: UUID) -> HttpResponse:
    """Whether the paper of that number stands in the log, explained to its holder."""
    found = _receipt(kind, uid)
    facts = receipt_facts(found) if found else ()
    context = {"kind": queries.kinds()[kind].label, "found": found, "facts": facts}
    context["file"] = reverse("ledger:receipt_file", args=[kind, uid])
    response = render(request, "ledger/receipt.html", context)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@never_cache
@require_GET
def receipt_file(_request: HttpRequest, kind: str, uid: UUID) -> JsonResponse:
    """The receipt as a file that can be checked without this server."""
    found = _receipt(kind, uid)
    answer = found.as_json() if found else {"waiting": True}
    name = f"receipt-{uid}.json"
    return JsonResponse(
        answer,
        status=200 if found else 202,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Robots-Tag": "noindex",
        },
    )


def _receipt(kind: str, uid: UUID) -> Receipt | None:
    with rls.scoped(role=rls.WIDE):
        return queries.receipt(kind, queries.row_of(kind, uid))
