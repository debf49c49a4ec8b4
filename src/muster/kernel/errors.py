"""How the system says no."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar


class Refused(Exception):  # noqa: N818 - it is an answer, not an accident
    """One clear sentence for a person: what is wrong, where, and how to mend it.

    Every expected failure of a rule, an action or a file is a subclass, defined
    beside the function that raises it. A page shows the sentence; a command prints
    it on one line and exits with code 2.

    `sentence` may be a lazily translated string: it is read when shown. A rule, which knows no
    translation, writes it in English with `%(name)s` for each of the `values`; it is told in
    the reader's language by `translate`, which the pages and the command line set.
    `code` is a stable name for machines (`"period.unknown"`), `where` the place of
    the fault (a file and its row, a field), put before the sentence.

    >>> print(Refused("the order takes effect before it is signed.", where="order.toml: act 3"))
    order.toml: act 3: the order takes effect before it is signed.
    >>> print(Refused("closed on %(day)s; reopen it first.", day=date(2026, 3, 2)))
    closed on 02/03/2026; reopen it first.
    """

    #: Gives an English sentence in the language of whoever reads it.
    translate: ClassVar[Callable[[str], str]] = staticmethod(str)

    def __init__(
        self, sentence: object, *, code: str = "", where: str = "", **values: object
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.where = where
        self.values = values

    def __str__(self) -> str:
        said = Refused.translate(str(self.sentence))
        if self.values:
            said %= {name: _written(value) for name, value in self.values.items()}
        return " ".join((f"{self.where}: {said}" if self.where else said).split())


def _written(value: object) -> object:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value
