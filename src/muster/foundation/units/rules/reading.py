"""The text of an order → its acts, or every fault with its line."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from muster.foundation.units.rules.findings import BadOrder, Finding
from muster.kernel.lineage import (
    RANK,
    Act,
    ChangeKind,
    Dissolve,
    Divide,
    Establish,
    Founding,
    Guide,
    Merge,
    Move,
    Order,
    Profile,
    Rename,
    Reparent,
)

MAX_BYTES = 2_000_000
"""The longest order known (a whole country in one file) has 0.8 MB."""

MAX_LINE, MAX_DOTS = 10_000, 500
"""A longer line, or one with more dots, is not an order: such keys make parsers crawl."""

TREES = ("government", "defence")

NUMBER, CODE, KIND, NAME, LINE, TEXT = 60, 40, 60, 100, 500, 200_000
"""So many signs have at most an order's number, a unit's code, kind and name, a line, a text."""

LARGEST = 1_000_000
"""No degree and no area in km² is larger."""


@dataclass(frozen=True)
class Written:
    """An order as it is written: what the file says and where each act stands in it.

    `bodies` are the acts as plain data, fit for JSON; `lines` their first lines, empty
    for a form. An order without `effective_on` awaits confirmation and cannot be applied.
    """

    number: str
    title: str
    issuer: str
    signed_on: date
    effective_on: date | None
    tree: str
    text: str
    source: str
    confirmed: bool
    corrects: str | None
    bodies: tuple[dict[str, Any], ...]
    lines: tuple[int, ...] = ()
    raw: str = ""

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts in the kernel's words."""
        return tuple(act_from(body) for body in self.bodies)

    @property
    def digest(self) -> str:
        """SHA-256 over all that the order says, however its file is laid out."""
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        said = {name: value for name, value in said.items() if name not in {"lines", "raw"}}
        canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def order(self) -> Order:
        """The order as the kernel reads it; it must have a day of effect."""
        if self.effective_on is None:
            sentence = "the day of effect is not confirmed, so the order cannot be applied yet."
            raise BadOrder([Finding(sentence)], where=f"order {self.number}")
        return Order(self.number, self.tree, self.effective_on, self.acts)

    def line_of(self, act: int, code: str) -> int | None:
        """The line on which an act (counted from 0) names a code, else where it begins."""
        if act >= len(self.lines):
            return None
        first = self.lines[act]
        end = self.lines[act + 1] if act + 1 < len(self.lines) else None
        block = self.raw.splitlines()[first - 1 : None if end is None else end - 1]
        named = (first + n for n, line in enumerate(block) if code and f'"{code}"' in line)
        return next(named, first)


def require_small(size: int, where: str) -> None:
    """Refuse a file by its size (bytes), before it is read."""
    if size > MAX_BYTES:
        sentence = "the file has %(size)s bytes; an order has at most %(most)s."
        values = {"size": f"{size:,}", "most": f"{MAX_BYTES:,}"}
        raise BadOrder([Finding(sentence, values)], where=where)


def read(content: bytes, where: str = "order") -> Written:
    """The order that a TOML file holds; `BadOrder` with every fault found in it."""
    require_small(len(content), where)
    text = _text(content, where)
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise BadOrder([Finding("the file is nested too deeply.")], where=where) from None
    except ValueError as error:
        finding = Finding("this is not TOML: %(error)s.", {"error": error})
        raise BadOrder([finding], where=where) from None
    return from_data(data, where, lines=_act_lines(text), raw=text)


def from_data(
    data: Mapping[str, Any], where: str, *, lines: tuple[int, ...] = (), raw: str = ""
) -> Written:
    """The order that plain data describes, from a file or a form."""
    reader = _Reader(lines)
    written = reader.order(data, raw)
    if reader.findings or written is None:
        raise BadOrder(reader.findings, where=where)
    return written


def _text(content: bytes, where: str) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        sentence = "byte %(byte)s is not UTF-8 text; save the file as UTF-8."
        finding = Finding(sentence, {"byte": f"{error.start:,}"})
        raise BadOrder([finding], where=where) from None
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > MAX_LINE or line.count(".") > MAX_DOTS:
            raise BadOrder(
                [Finding("the line is too long for an order.", line=number)], where=where
            )
    return text


def _act_lines(text: str) -> tuple[int, ...]:
    """The line of each `[[acts]]` or `[[guides]]` header that is not inside a long text."""
    lines, quoted = {"acts": [], "guides": []}, False  # type: dict[str, list[int]], bool
    for number, line in enumerate(text.splitlines(), 1):
        header = "".join(line.split("#")[0].split())
        if not quoted and header in {"[[acts]]", "[[guides]]"}:
            lines[header.strip("[]")].append(number)
        quoted ^= (line.count('"""') + line.count("'''")) % 2 == 1
    return (*lines["acts"], *lines["guides"])


Fits = Callable[[Any], bool]


class _Reader:
    """Reads plain data and collects what is wrong with it."""

    def __init__(self, lines: tuple[int, ...]) -> None:
        self.lines = lines
        self.findings: list[Finding] = []

    def say(self, sentence: str, index: int | None = None, /, **values: Any) -> None:
        line = self.lines[index] if index is not None and index < len(self.lines) else None
        self.findings.append(Finding(sentence, values, line, index))

    def order(self, data: Mapping[str, Any], raw: str) -> Written | None:
        head = data.get("order")
        if not isinstance(head, Mapping):
            self.say("the file has no [order] with number, title, issuer and signed_on.")
            return None
        guides = [_guide(each, head) for each in self.tables(data, "guides")]
        bodies = [*self.tables(data, "acts"), *guides]
        for index, body in enumerate(bodies):
            self.check(index, body)
        signed, effective = self.day(head, "signed_on"), head.get("effective_on")
        if effective is not None:
            effective = self.day(head, "effective_on")
        if signed and effective and effective < signed:
            self.say(
                "the order takes effect on %(effective)s, before it is signed on %(signed)s.",
                effective=effective, signed=signed,
            )  # fmt: skip
        text = {name: self.word(head, name) for name in ("number", "title", "issuer", "tree")}
        text |= {name: self.free(head, name) for name in ("text", "source")}
        corrects = self.word(head, "corrects") if head.get("corrects") is not None else None
        if text["tree"] and text["tree"] not in TREES:
            self.say('the tree is "%(tree)s"; it must be government or defence.', tree=text["tree"])
        if not bodies:
            self.say("the order has no [[acts]].")
        if self.findings or signed is None:
            return None
        return Written(
            **text, signed_on=signed, effective_on=effective, corrects=corrects,
            confirmed=head.get("confirmed") is True,
            bodies=tuple(bodies), lines=self.lines, raw=raw,
        )  # fmt: skip

    def tables(self, data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
        found = data.get(name, [])
        if isinstance(found, list) and all(isinstance(each, dict) for each in found):
            return found
        self.say("[[%(name)s]] must be a list of tables.", name=name)
        return []

    def word(self, head: Mapping[str, Any], name: str) -> str:
        value, most = head.get(name), NUMBER if name in {"number", "corrects"} else LINE
        if value is None or value == "":
            self.say("[order] lacks %(name)s.", name=name)
        elif _text_of(most)(value):
            return str(value)
        else:
            self.unfit(name, most)
        return ""

    def free(self, head: Mapping[str, Any], name: str) -> str:
        value = head.get(name, "")
        if _is_free(value):
            return str(value)
        self.unfit(name, TEXT)
        return ""

    def unfit(self, name: str, most: int) -> None:
        sentence = "[order] %(name)s must be a plain text of at most %(most)s signs."
        self.say(sentence, name=name, most=f"{most:,}")

    def day(self, head: Mapping[str, Any], name: str) -> date | None:
        value = head.get(name)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.say("[order] %(name)s must be a date such as 2025-07-01.", name=name)
        return None

    def check(self, index: int, body: Mapping[str, Any]) -> None:
        form = FORMS.get(str(body.get("act")))
        if form is None:
            self.say('"%(act)s" is not an act; known are %(known)s.', index,
                     act=body.get("act", ""), known=", ".join(FORMS))  # fmt: skip
            return
        form = form | {"act": (True, bool), "note": (False, _is_free)}
        for name in body.keys() - form.keys():
            self.say("the act knows no word %(name)s.", index, name=name)
        for name, (required, fits) in form.items():
            value = body.get(name)
            if value is None and required:
                self.say("the act lacks %(name)s.", index, name=name)
            elif value is not None and not fits(value):
                self.say("%(name)s is not written as an order writes it.", index, name=name)


def _guide(body: Mapping[str, Any], head: Mapping[str, Any]) -> dict[str, Any]:
    """A `[[guides]]` table as an act; its day, when given, is that of the order."""
    act = {"act": "guide", **body}
    if act.get("valid_from") == head.get("effective_on"):
        act.pop("valid_from", None)
    return act


def _text_of(most: int) -> Fits:
    """Whether it is a text of so many signs at most, without line ends and hidden signs."""

    def fits(value: Any) -> bool:
        whole = isinstance(value, str) and bool(value.strip()) and len(value) <= most
        return whole and value.isprintable()

    return fits


_is_code, _is_kind, _is_name = _text_of(CODE), _text_of(KIND), _text_of(NAME)


def _is_free(value: Any) -> bool:
    """Whether it is a text of several lines, of which a database can keep every sign."""
    return isinstance(value, str) and len(value) <= TEXT and "\x00" not in value


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_codes(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_code, value))


def _is_number(value: Any) -> bool:
    """Whether it is a number of degrees or km²; what is no number at all is not."""
    return isinstance(value, int | float) and not _is_flag(value) and abs(value) <= LARGEST


FOUNDING: dict[str, tuple[bool, Fits]] = {
    "code": (True, _is_code), "name": (True, _is_name), "kind": (True, _is_kind),
    "level": (True, lambda value: isinstance(value, str) and value in RANK),
    "parent": (False, _is_code), "serves": (False, _is_code),
    "lat": (False, _is_number), "lon": (False, _is_number), "area_km2": (False, _is_number),
    "area_basis": (False, _is_name),
}  # fmt: skip
"""The words of a unit that an order creates, as `FORMS` has those of an act."""


def _is_founding(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() <= FOUNDING.keys() and all(
        fits(value[name]) if name in value else not required
        for name, (required, fits) in FOUNDING.items()
    )  # fmt: skip


FORMS: dict[str, dict[str, tuple[bool, Fits]]] = {
    "merge": {"from": (True, _is_codes), "into": (True, _is_founding)},
    "establish": {"unit": (True, _is_founding)},
    "divide": {
        "unit": (True, _is_code), "into": (True, _is_codes), "keeper": (False, _is_code),
    },
    "rename": {"unit": (True, _is_code), "name": (True, _is_name)},
    "change_kind": {"unit": (True, _is_code), "kind": (True, _is_kind)},
    "reparent": {"unit": (True, _is_code), "parent": (True, _is_code)},
    "move": {"places": (True, _is_codes), "to": (True, _is_code)},
    "dissolve": {
        "unit": (False, _is_code), "level": (False, _is_code), "successors": (False, _is_codes),
    },
    "guide": {
        "regional": (True, _is_code), "communes": (True, _is_codes), "confirmed": (False, _is_flag),
    },
}  # fmt: skip
"""Each act's words: whether it must have them, and what they look like."""


def founding_from(body: Mapping[str, Any]) -> Founding:
    """A unit as an order describes it."""
    lat, lon, area = (_number(body.get(name)) for name in ("lat", "lon", "area_km2"))
    estimated = body.get("area_basis") == "estimated"
    profile = Profile(body["name"], body["kind"], lat, lon, area, estimated)
    parent, serves = body.get("parent") or None, body.get("serves") or None
    return Founding(body["code"], body["level"], profile, parent, serves)


def _number(value: Any) -> float | None:
    return None if value in {None, ""} else float(value)


def _codes(body: Mapping[str, Any], name: str) -> tuple[str, ...]:
    codes: Sequence[str] = body.get(name, ())
    return tuple(codes)


_ACTS: dict[str, Callable[[Mapping[str, Any]], Act]] = {
    "merge": lambda body: Merge(_codes(body, "from"), founding_from(body["into"])),
    "establish": lambda body: Establish(founding_from(body["unit"])),
    "divide": lambda body: Divide(body["unit"], _codes(body, "into"), body.get("keeper")),
    "rename": lambda body: Rename(body["unit"], body["name"]),
    "change_kind": lambda body: ChangeKind(body["unit"], body["kind"]),
    "reparent": lambda body: Reparent(body["unit"], body["parent"]),
    "move": lambda body: Move(_codes(body, "places"), body["to"]),
    "dissolve": lambda body: Dissolve(
        body.get("unit"), body.get("level"), _codes(body, "successors")
    ),
    "guide": lambda body: Guide(body["regional"], _codes(body, "communes")),
}


def act_from(body: Mapping[str, Any]) -> Act:
    """The act that checked plain data describes."""
    return _ACTS[body["act"]](body)
