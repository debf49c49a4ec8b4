"""Tags and filters of the house's look; `docs/reference/components.md` shows each in use."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.templatetags.static import static
from django.utils.crypto import get_random_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from muster.kernel.manifest import Label, TimelineItem
from muster.shell import written
from muster.shell.charts import Chart
from muster.shell.components import Card, Crumb, Event, Fact, Status, Tab
from muster.shell.once import HEADER
from muster.shell.tables import Cell, Heading, Listing

register = template.Library()

SIGNS = {
    "neutral": "dot", "good": "check", "warn": "clock", "bad": "cross", "info": "arrow",
    "unconfirmed": "question", "plain": "note",
}  # fmt: skip


# ---- numbers and dates ------------------------------------------------------------------


for write in (written.number, written.percent, written.signed, written.day, written.article):
    register.filter(write.__name__, write)


@register.filter
def told(value: object) -> object:
    """A fact as it is read: a day as days are written, “–” for what is not known."""
    if isinstance(value, date):
        return written.day(value)
    return written.MISSING if value is None or value == "" else value


@register.filter
def masked(last_digits: str, length: int = 12) -> SafeString:
    """A number of which only the last digits were given: •••••••• 4321."""
    dots = "•" * max(length - len(last_digits), 0)
    hidden = gettext("number ending in")
    return format_html(
        '<span class="masked"><span aria-hidden="true">{} </span><span class="sr">{} </span>{}</span>',
        dots, hidden, last_digits,
    )  # fmt: skip


# ---- signs and states -------------------------------------------------------------------


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A sign from the house's one sheet of signs; always beside a word."""
    sheet = static("muster/icons.svg")
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sheet, name
    )


@register.simple_tag
def status(state: Status | Label, tone: str = "neutral") -> SafeString:
    """A state as word, sign and tone."""
    shown = state if isinstance(state, Status) else Status(state, tone)  # type: ignore[arg-type]
    return format_html(
        '<span class="tag {}">{}{}</span>', shown.tone, icon(SIGNS[shown.tone]), shown.label
    )


@register.simple_tag
def badge(kind: str, title: Label = "") -> SafeString:
    """What a figure rests on: `derived`, `declared`, `scaled` or `unconfirmed`."""
    words = {
        "derived": pgettext("basis of a figure", "derived"),
        "declared": pgettext("basis of a figure", "declared"),
        "scaled": pgettext("basis of a figure", "scaled"),
        "unconfirmed": pgettext("basis of a figure", "unconfirmed"),
    }
    return format_html('<span class="badge {}" title="{}">{}</span>', kind, title, words[kind])


@register.simple_tag
def bar(value: float, of: float) -> SafeString:
    """A bar inside a table row; the number stands beside it, so readers may skip it."""
    share = 0 if not of else min(100, round(100 * float(value) / float(of), 1))
    return format_html(
        '<svg class="bar" aria-hidden="true"><rect width="100%" height="100%" rx="2"/>'
        '<rect width="{}%" height="100%" rx="2"/></svg>',
        share,
    )


# ---- components -------------------------------------------------------------------------


@register.inclusion_tag("components/card.html")
def card(figure: Card) -> Mapping[str, Any]:
    """A figure with its change and its basis; it opens to its cases."""
    return {"figure": figure, "tone": {True: "good", False: "bad", None: ""}[figure.better]}


@register.inclusion_tag("components/crumbs.html")
def crumbs(*steps: Crumb | str) -> Mapping[str, Any]:
    """The way here: `Crumb` values, or labels and addresses in turn."""
    if steps and not isinstance(steps[0], Crumb):
        words = [str(step) for step in steps]
        return {"steps": [Crumb(a, b) for a, b in zip(words[::2], words[1::2], strict=True)]}
    return {"steps": steps}


@register.inclusion_tag("components/listing.html")
def listing(table: Listing, filters: BaseForm | None = None) -> Mapping[str, Any]:
    """A table that sorts, filters, pages and exports."""
    return {"table": table, "filters": filters}


@register.simple_tag
def table_rows(table: Listing) -> SafeString:
    """The rows of a table, each named by its first cell.

    Written here and not cell by cell in a template, which would cost a long list most of its time.
    """
    tags = ("th", *("td" for _ in table.headings[1:]))
    opened = [_opened(tag, head) for tag, head in zip(tags, table.headings, strict=True)]
    rows = (
        "".join(
            f"{mark}{cell(each)}</{tag}>" for tag, mark, each in zip(tags, opened, row, strict=True)
        )
        for row in table.rows
    )
    return SafeString("".join(f"<tr>{row}</tr>" for row in rows))


def _opened(tag: str, head: Heading) -> SafeString:
    scope = SafeString(' scope="row"' if tag == "th" else "")
    return format_html('<{}{} class="{}" data-label="{}">', tag, scope, head.kind, head.label)


def cell(value: Cell) -> SafeString:
    """What stands in a cell, as its kind is written."""
    shown: Any = value.value
    if isinstance(shown, Status):
        shown = status(shown)
    elif value.kind == "masked" and shown:
        shown = masked(str(shown))
    elif value.kind == "percent":
        shown = written.percent(shown)
    elif isinstance(shown, date):
        shown = written.day(shown)
    elif value.kind == "number" and not isinstance(shown, str):
        shown = written.number(shown, _places(shown))
    elif shown is None or shown == "":
        shown = written.MISSING
    return (
        format_html('<a href="{}">{}</a>', value.href, shown)
        if value.href
        else conditional_escape(shown)
    )


def _places(value: Any) -> int:
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return max(-exponent, 0) if isinstance(exponent, int) else 0


@register.inclusion_tag("components/table.html")
def table(table: Listing) -> Mapping[str, Any]:
    """A table alone, for a few rows that need no paging."""
    return {"table": table}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Event | TimelineItem]) -> Mapping[str, Any]:
    """What happened, newest first as given, each with its article and receipt."""
    events = [_event(each) for each in entries]
    doubts = dict.fromkeys(str(each.doubt) for each in events if each.doubt)
    return {"entries": events, "doubts": list(doubts)}


def _event(each: Event | TimelineItem) -> Event:
    if isinstance(each, Event):
        return each
    return Event(
        on=each.on,
        title=each.title,
        detail=each.detail,
        article=each.article,
        number=each.decision_number,
        place=each.place,
        receipt_href=each.receipt_url,
        kind="major" if each.decision_number else "",
        doubt=each.doubt,
    )


@register.inclusion_tag("components/facts.html")
def facts(pairs: Iterable[Fact]) -> Mapping[str, Any]:
    """A definition list, also as *check your answers* with ways back."""
    return {"facts": list(pairs)}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Sequence[Tab], label: Label = "") -> Mapping[str, Any]:
    """Links between a few views of the same thing."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/as_of.html", takes_context=True)
def as_of(context: Context, on: date, name: str = "on") -> Mapping[str, Any]:
    """A form that shows the page as it stood on a day; other choices are kept."""
    request: HttpRequest | None = context.get("request")
    kept = [] if request is None else [
        (key, value) for key, values in request.GET.lists() if key != name for value in values
    ]  # fmt: skip
    return {"on": on, "name": name, "kept": kept}


@register.inclusion_tag("components/progress.html")
def progress(done: int, of: int, label: Label, poll: str = "") -> Mapping[str, Any]:
    """How far long work has come; the page may be left.

    `poll` is an address that answers with this component anew, asked until the work is done.
    """
    share = 100 * done // of if of else 0
    return {
        "done": done,
        "of": of,
        "label": label,
        "share": share,
        "poll": poll if done < of else "",
    }


@register.inclusion_tag("components/empty.html")
def empty(title: Label, text: Label = "", href: str = "", action: Label = "") -> Mapping[str, Any]:
    """Nothing here, and what to do next."""
    return {"title": title, "text": text, "href": href, "action": action}


@register.inclusion_tag("components/chart.html")
def chart(picture: Chart) -> Mapping[str, Any]:
    """A chart drawn on the server, its table beside it."""
    return {"chart": picture}


# ---- forms ------------------------------------------------------------------------------


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> Mapping[str, Any]:
    """What must be mended, each line leading to its field."""
    fields = [(form[name], errors) for name, errors in form.errors.items() if name in form.fields]
    return {"form": form, "fields": fields}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, short: bool = False) -> Mapping[str, Any]:
    """A field with label, hint and fault, tied together for readers."""
    widget = bound.field.widget
    # A placeholder vanishes when it is needed; the hint stands over the field instead.
    attrs: dict[str, Any] = {"placeholder": False} | (
        {"aria-invalid": "true"} if bound.errors else {}
    )
    return {
        "field": bound,
        "short": short,
        "control": bound.as_widget(attrs={**widget.attrs, **attrs}),
        "single": isinstance(widget, CheckboxInput),
        "group": isinstance(widget, RadioSelect | CheckboxSelectMultiple),
    }


@register.inclusion_tag("components/fields.html")
def fields(form: BaseForm) -> Mapping[str, Any]:
    """Every field of a form in its order, hidden ones too."""
    return {"form": form}


@register.simple_tag
def keep(name: str) -> SafeString:
    """Attributes of a form whose marked fields survive a cut line and which is done once.

    See `keep.js` and `muster.shell.once`.
    """
    once = json.dumps({HEADER: get_random_string(22)})
    return format_html('data-keep="{}" hx-boost="true" hx-headers="{}" novalidate', name, once)


class CalloutNode(template.Node):
    """A note set apart from the text, its weight shown by sign, edge and word."""

    def __init__(
        self, tone: FilterExpression, options: dict[str, FilterExpression], body: NodeList
    ) -> None:
        self.tone, self.options, self.body = tone, options, body

    def render(self, context: Context) -> SafeString:
        tone = self.tone.resolve(context)
        title = self.options["title"].resolve(context) if "title" in self.options else ""
        return format_html(
            '<div class="callout {}">{}<div>{}{}</div></div>',
            tone,
            icon(SIGNS[tone]),
            format_html("<strong>{}</strong>", title) if title else "",
            SafeString(self.body.render(context)),
        )


@register.tag
def callout(parser: Parser, token: Token) -> CalloutNode:
    """`{% callout "warn" title=… %}…{% endcallout %}`; tones as of status, or `unconfirmed`."""
    words = token.split_contents()[1:]
    body = parser.parse(("endcallout",))
    parser.delete_first_token()
    return CalloutNode(parser.compile_filter(words[0]), token_kwargs(words[1:], parser), body)


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """The house's languages by code, each in its own name."""
    own = {"vi": "Tiếng Việt", "en": "English", "fr": "Français"}
    return [(code, own[code]) for code, _ in settings.LANGUAGES]
