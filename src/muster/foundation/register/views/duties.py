"""Duties with their clocks: what is due, what is overdue, and the forms that meet them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

import segno
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from muster.foundation.register.actions import duties as acts
from muster.foundation.register.forms.duties import BasisForm, ChangeForm, FirstForm, YoungManForm
from muster.foundation.register.models import Errand, Filing, Person
from muster.foundation.register.queries import duties as owed
from muster.foundation.register.queries import online
from muster.foundation.register.queries.duties import Count, Duty
from muster.foundation.register.queries.scope import places_in_scope
from muster.foundation.units import queries as units
from muster.shell import paging, written
from muster.shell.components import Status, Tab
from muster.shell.guards import requires
from muster.shell.tables import Column, Listing, plain


def _address(duty: Duty, *, may_write: bool) -> str:
    """Where the duty is met, or read by who may only read."""
    if duty.errand:
        return reverse("register:errand", args=[duty.errand]) if may_write else ""
    if duty.person and may_write:
        return reverse("register:change", args=[duty.person]) + f"?kind={duty.kind}"
    if duty.person:
        return reverse("register:person", args=[duty.person])
    period = owed.period_of(duty)
    return reverse("register:filing", args=[duty.unit, duty.kind, period.isoformat()])


def _columns(*, may_write: bool) -> tuple[Column, ...]:
    return (
        Column("subject", lazy("Who"), href=partial(_address, may_write=may_write)),
        Column("label", lazy("Duty")),
        Column("where", lazy("Place")),
        Column("since", lazy("Since"), kind="date"),
        Column("due", lazy("Due"), kind="date"),
    )


_COUNTS = (
    Column("label", lazy("Duty")),
    Column("due", lazy("Falling due"), kind="number"),
    Column("overdue", lazy("Overdue"), kind="number"),
)


def _stage(man: Errand) -> Status:
    """How far a man of the January list has come."""
    if man.act_id:
        return Status(lazy("Registered"), "good")
    return Status(lazy("Form sent online"), "warn") if man.form_sent_on else Status(lazy("Listed"))


_MEN = (
    Column("name", lazy("Full name"), lambda man: man.name),
    Column("birth", lazy("Date of birth"), lambda man: man.born, kind="date"),
    Column("place", lazy("Residential group"), lambda man: man.place.name),
    Column(
        "state",
        lazy("State"),
        _stage,
        kind="status",
    ),
)


_CHANGES = (
    Column(
        "name",
        lazy("Full name"),
        lambda told: told.name,
        href=lambda told: reverse("register:person", args=[told.person.uid]),
    ),
    Column("what", lazy("What changed"), lambda told: told.what),
    Column("due", lazy("Due"), lambda told: told.due_on, kind="date"),
    Column(
        "state",
        lazy("State"),
        lambda told: Status(lazy("Entered"), "good") if told.act_id else Status(lazy("Waits")),
        kind="status",
    ),
)


@require_GET
@requires("register.read")
def duties(request: HttpRequest) -> HttpResponse:
    """The due list or the overdue list, with how many of each kind."""
    today, late = timezone.localdate(), request.GET.get("list") == "overdue"
    counts = owed.counted(today, places_in_scope())
    here = paging.beyond(request.GET)
    rows = owed.duties(today, late=late, limit=owed.SHOWN + 1, beyond=here)
    columns = _columns(may_write=request.user.has_perm("register.write"))
    title = _("Overdue") if late else _("Falling due")
    context = {
        "title": title,
        "tabs": _tabs(counts, late=late),
        "counts": plain(_("Duties by kind"), _COUNTS, counts, name="counts"),
        "listing": plain(
            title,
            columns,
            rows[: owed.SHOWN],
            name="duties",
            **paging.moves(request.GET, owed.SHOWN, here=here, more=len(rows) > owed.SHOWN),
            empty_title=_("Nothing is owed"),
            empty_text=_("What the law sets a day for comes here by itself."),
        ),
    }
    return render(request, "register/duties.html", context)


def _tabs(counts: Sequence[Count], *, late: bool) -> list[Tab]:
    here = reverse("register:duties")
    due, overdue = sum(each.due for each in counts), sum(each.overdue for each in counts)
    return [
        Tab(_("Falling due"), here, current=not late, count=due),
        Tab(_("Overdue"), f"{here}?list=overdue", current=late, count=overdue),
    ]


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper of a period as its address names it; `filing` once it was entered."""

    unit: units.Named
    kind: Filing.Kind
    period: date
    filing: Filing | None

    @property
    def when(self) -> str:
        """The year of the list, or the quarter of the notice, in words."""
        quarter = f"Q{(self.period.month + 2) // 3}" if self.kind == Filing.Kind.POLICE else ""
        return written.period(f"{self.period.year}{quarter}")

    @property
    def is_open(self) -> bool:
        """Whether men are still put on it."""
        found = self.filing
        return self.kind == Filing.Kind.JANUARY and found is not None and not found.confirmed_on


@require_http_methods(["GET", "POST"])
@requires("register.read")
def filing(request: HttpRequest, unit: int, kind: str, period: str) -> HttpResponse:
    """The January list or the police's notice of a quarter: drawn up, filled, confirmed."""
    paper = _asked(unit, kind, period)
    places = sorted(units.place_ids(unit, timezone.localdate()))
    bound = request.POST if request.method == "POST" and "confirm" not in request.POST else None
    form = YoungManForm(bound, places=places) if paper.is_open else BasisForm(bound)
    if request.method == "POST" and _filed(request, paper, form):
        return redirect(request.path)
    found = paper.filing
    men = list(found.errands.select_related("place", "person").order_by("pk")) if found else []
    may_write = (paper.is_open or found is None) and request.user.has_perm("register.write")
    context = {
        "paper": paper,
        "filing": found,
        "form": form if may_write else None,
        "may_confirm": paper.is_open and request.user.has_perm("register.confirm"),
        "men": _told(paper, men),
    }
    return render(request, "register/filing.html", context)


def _told(paper: _Paper, men: Sequence[Errand]) -> Listing:
    """Who stands on the January list, or whose change the police told."""
    if paper.kind == Filing.Kind.JANUARY:
        nobody = _("Nobody stands on it yet")
        return plain(_("Men on the list"), _MEN, men, name="men", empty_title=nobody)
    return plain(
        _("Changes told by it"), _CHANGES, men, name="men",
        empty_title=_("No change is linked to it yet"),
        empty_text=_("Open a citizen's entry and note there what the notice tells of him."),
        empty_href=reverse("register:people"), empty_action=_("Search the register"),
    )  # fmt: skip


def _asked(unit: int, kind: str, period: str) -> _Paper:
    try:
        day, known = date.fromisoformat(period), Filing.Kind(kind)
    except ValueError as error:
        raise Http404 from error
    today, ours = timezone.localdate(), places_in_scope()
    named = units.named([unit], today).get(unit)
    if named is None or not (ours is None or ours.intersection(units.place_ids(unit, today))):
        raise Http404
    found = Filing.objects.filter(unit_id=unit, kind=kind, period=day).first()
    return _Paper(named, known, day, found)


def _filed(request: HttpRequest, paper: _Paper, form: BasisForm | YoungManForm) -> bool:
    """Whether what was sent has been done."""
    today, found = timezone.localdate(), paper.filing
    right = "register.confirm" if "confirm" in request.POST else "register.write"
    if not request.user.has_perm(right):
        raise PermissionDenied
    if found is not None and "confirm" in request.POST:
        acts.confirm_list(filing=found, on=today)
        messages.success(request, _("The list is confirmed."))
        return True
    if not form.is_valid():
        return False
    told = form.cleaned_data
    if found is None:
        acts.file_paper(
            unit_id=paper.unit.id, kind=paper.kind, period=paper.period, on=today,
            basis=told["basis"],
        )  # fmt: skip
    else:
        acts.list_young_man(
            filing=found, full_name=told["full_name"], birth_date=told["birth_date"],
            place_id=told["place"].pk, on=today,
        )  # fmt: skip
    return True


@require_http_methods(["GET", "POST"])
@requires("register.write")
def errand(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Register a listed man for the first time, or enter a change that was told."""
    found = get_object_or_404(Errand, uid=uid, settled_on=None)
    first = found.kind == Errand.Kind.FIRST
    known = {"full_name": found.full_name, "birth_date": found.birth_date} | online.sent(found)
    form = (
        FirstForm(request.POST or None, initial=known) if first else BasisForm(request.POST or None)
    )
    if request.method == "POST" and form.is_valid():
        today, basis = timezone.localdate(), form.cleaned_data["basis"]
        if isinstance(form, FirstForm):
            acts.register_listed(errand=found, identity=form.identity(), on=today, basis=basis)
        else:
            acts.enter_change(errand=found, on=today, basis=basis)
        messages.success(request, _("Entered, with its line in the log."))
        return redirect("register:duties")
    context = {"errand": found, "form": form, "told": f"?errand={found.uid}"}
    if first:
        link = request.build_absolute_uri(reverse("register:first", args=[found.uid]))
        context |= {"link": link, "code": segno.make(link, error="m").svg_data_uri(scale=4)}
    return render(request, "register/errand.html", context)


@require_http_methods(["GET", "POST"])
@requires("register.write")
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note a change of a citizen, his long absence, his return, or the reserve."""
    person = get_object_or_404(Person, uid=uid, closed_on=None)
    asked, today = {"kind": request.GET.get("kind", ChangeForm.TOLD)}, timezone.localdate()
    unit = units.unit_at(person.place_id, today)
    notices = owed.police_notices(unit.id, today) if unit else None
    form = ChangeForm(request.POST or None, initial=asked, notices=notices)
    if request.method == "POST" and form.is_valid():
        _enter(person, form)
        messages.success(request, _("Entered, with its line in the log."))
        return redirect("register:person", uid)
    context = {"person": person, "form": form, "notices": _notices(unit, today)}
    return render(request, "register/change.html", context)


def _notices(unit: units.Named | None, today: date) -> list[tuple[str, str]]:
    """The office's papers of the police, of this quarter and the last, by title and address."""
    if unit is None:
        return []
    return [
        (
            _("quarter %(quarter)s of %(year)s")
            % {"quarter": (first.month + 2) // 3, "year": first.year},
            reverse("register:filing", args=[unit.id, "police", first.isoformat()]),
        )
        for first in owed.quarters(today)
    ]


def _enter(person: Person, form: ChangeForm) -> None:
    told, today = form.cleaned_data, timezone.localdate()
    paper = told["basis"]
    if told["kind"] == form.TOLD:
        acts.note_change(
            person=person, what=f"{told['what']} ({paper})", told_on=told["since"],
            filing=told.get("notice"),
        )  # fmt: skip
    elif told["kind"] == form.ABSENCE:
        acts.register_absence(
            person=person, since=told["since"], until=told["until"], on=today, document=paper,
            address=told["what"],
        )  # fmt: skip
    elif told["kind"] == form.RETURN:
        acts.register_return(person=person, on=today, document=paper)
    else:
        acts.register_reserve(person=person, on=today, document=paper)
