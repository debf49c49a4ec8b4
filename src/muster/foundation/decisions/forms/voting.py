"""Councils and their seats, sittings, votes, and the signature under what was carried."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from muster.foundation.accounts.models import User
from muster.foundation.decisions.models import (
    BodyKind,
    Choice,
    Proposal,
    Seat,
    SigningForm,
    labels,
)
from muster.shell import written
from muster.shell.fields import day, offer


class SendOnForm(forms.Form):
    """Names of an act that another council has to see."""

    act = forms.CharField(widget=forms.HiddenInput)
    season = forms.CharField(widget=forms.HiddenInput, required=False)


class SignForm(forms.Form):
    """The signature under what councils carried: the head's, or a deputy's under a delegation."""

    act = forms.CharField(widget=forms.HiddenInput)
    season = forms.CharField(widget=forms.HiddenInput, required=False)
    unit = forms.IntegerField(widget=forms.HiddenInput)
    signed_on = day(_("Signed on"))
    delegation = forms.TypedChoiceField(
        label=_("Who signs"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, delegations: Mapping[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        if delegations:
            offer(self, "delegation", [("", SigningForm.HEAD.label), *delegations.items()])
        else:
            del self.fields["delegation"]


class TakeBackForm(forms.Form):
    """The signature by which an office takes back a line of its own."""

    way = forms.ChoiceField(
        label=_("The line is"),
        choices=[
            ("set_aside", _("set aside: it was wrong from the first")),
            ("withdrawn", _("withdrawn: it no longer applies")),
        ],
        widget=forms.RadioSelect,
    )
    signed_on = day(_("Signed on"))


class BodyForm(forms.Form):
    """A body that is set up, with so many seats from its first day."""

    unit = forms.TypedChoiceField(label=pgettext_lazy("of a council", "Of"), coerce=int)
    kind = forms.ChoiceField(label=_("Body"), choices=BodyKind.choices)
    on = day(_("From"))
    members = forms.IntegerField(label=_("Members"), min_value=3, max_value=60)

    def __init__(self, *args: Any, offices: Mapping[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "unit", offices.items())


class SeatForm(forms.Form):
    """Somebody takes a seat: one that is held, from its holder, or a new one."""

    follows = forms.TypedChoiceField(label=_("Seat"), coerce=int, empty_value=None, required=False)
    title = forms.CharField(
        label=_("Title of a new seat"), required=False, max_length=200,
        help_text=_("As it stands on paper; empty where somebody follows in a seat."),
    )  # fmt: skip
    holder = forms.CharField(label=_("Who holds it"), required=False, max_length=200)
    account = forms.SlugField(
        label=_("Username"), required=False,
        help_text=_("For whoever types himself, such as the chair of a health council."),
    )  # fmt: skip
    on = day(_("From"))

    def __init__(self, *args: Any, seats: Mapping[int, Seat], **more: Any) -> None:
        super().__init__(*args, **more)
        held = ((pk, str(seat)) for pk, seat in seats.items())
        offer(self, "follows", [("", _("A new seat")), *held])

    def clean_account(self) -> User | None:
        """The account of that name."""
        name = self.cleaned_data["account"]
        found = User.objects.filter(username=name).first() if name else None
        if name and found is None:
            raise forms.ValidationError(_("There is no account of this name."))
        return found

    def clean(self) -> dict[str, Any]:
        """A new seat has a title."""
        cleaned = super().clean() or {}
        if not cleaned.get("follows") and not cleaned.get("title"):
            self.add_error("title", _("Give the new seat its title."))
        return cleaned


class LeaveForm(forms.Form):
    """A seat or a delegation ends."""

    which = forms.TypedChoiceField(label=_("Which ends"), coerce=int)
    on = day(_("First day without it"))

    def __init__(self, *args: Any, held: Mapping[int, str], **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "end_%s", **more})
        offer(self, "which", held.items())


class DelegationForm(forms.Form):
    """Who may sign for the head of an office, and the paper that says so."""

    unit = forms.TypedChoiceField(label=pgettext_lazy("of a council", "Of"), coerce=int)
    role = forms.ChoiceField(label=_("In place of"), choices=labels.ROLES.items)
    form = forms.ChoiceField(label=_("How he signs"), choices=SigningForm.choices[1:])
    title = forms.CharField(
        label=_("His title"), max_length=200, help_text=_("As it stands under the signature.")
    )
    holder = forms.CharField(label=_("Full name"), required=False, max_length=200)
    document = forms.CharField(label=_("Number of the delegation"), max_length=200)
    valid_from = day(_("From"))
    valid_to = day(
        _("First day without it"), required=False, help_text=_("Empty while no end is known.")
    )

    def __init__(self, *args: Any, offices: Mapping[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "unit", offices.items())


class _Present(forms.TypedMultipleChoiceField):
    """The seats taken; one that is not of the body is the action's to refuse, and to note."""

    def valid_value(self, value: Any) -> bool:
        """Any number may be brought before the action."""
        return str(value).isdecimal()


class SittingForm(forms.Form):
    """Opening a sitting: its day and who came."""

    held_on = day(_("Held on"))
    seats = _Present(label=_("Present"), coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, members: Mapping[int, Seat], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "seats", [(pk, str(seat)) for pk, seat in members.items()])
        self.fields["seats"].initial = list(members)


class NamesForm(forms.Form):
    """Which of the names before a council to list: by article, by where they come from, by vote."""

    season = forms.CharField(required=False, widget=forms.HiddenInput)
    article = forms.ChoiceField(label=labels.ARTICLE, required=False)
    group = forms.TypedChoiceField(
        label=pgettext_lazy("where names come from", "From"),
        required=False,
        coerce=int,
        empty_value=None,
    )
    vote = forms.ChoiceField(
        label=_("Vote"),
        required=False,
        choices=[
            ("", pgettext_lazy("of a filter", "all")),
            ("singly", _("singly")),
            ("list", _("with the list")),
        ],
    )

    def __init__(
        self, data: Any, *, articles: Mapping[str, int], groups: Mapping[int, str]
    ) -> None:
        super().__init__(data)
        everything = [("", pgettext_lazy("of a filter", "all"))]
        counted = [(a, f"{written.article(a)}: {written.number(n)}") for a, n in articles.items()]
        offer(self, "article", [*everything, *counted])
        offer(self, "group", [*everything, *groups.items()])

    def asked(self) -> dict[str, Any]:
        """What to list, everything where the address asks for what is not there."""
        given = self.cleaned_data if self.is_valid() else {}
        return {name: given.get(name) or None for name in ("article", "group", "vote")}


class BallotForm(forms.Form):
    """One screen for the vote: each seat's choice on the list and on every contested name.

    `shown` is how many names the page showed, so that none is voted on unseen.
    """

    shown = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, seats: Mapping[int, Seat], names: Iterable[Proposal], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.seats = dict(seats)
        self.matters = {0: gettext("The list")} | {name.pk: name.person.full_name for name in names}
        for seat in self.seats.values():
            for column, matter in self.matters.items():
                self.fields[f"vote-{column}-{seat.pk}"] = forms.ChoiceField(
                    label=f"{seat}: {matter}",
                    choices=Choice.choices,
                    initial=Choice.AYE,
                    widget=forms.Select(attrs={"aria-label": f"{seat}: {matter}"}),
                )

    @property
    def rows(self) -> list[tuple[Seat, list[tuple[str, forms.BoundField]]]]:
        """Each seat with its choice on every matter: the list first, then the contested names."""
        return [
            (seat, [(said, self[f"vote-{column}-{pk}"]) for column, said in self.matters.items()])
            for pk, seat in self.seats.items()
        ]

    def ballots(self, column: int = 0) -> dict[int, str]:
        """The choices on the list, or on the contested name with that id.

        A choice sent for a seat that is not on the page is brought along: the action
        refuses it, and notes that it was tried.
        """
        choices = {pk: self.cleaned_data[f"vote-{column}-{pk}"] for pk in self.seats}
        begins = f"vote-{column}-"
        sent = (name.removeprefix(begins) for name in self.data if name.startswith(begins))
        strangers = {int(pk) for pk in sent if pk.isdecimal()} - self.seats.keys()
        return choices | dict.fromkeys(strangers, Choice.AYE.value)
