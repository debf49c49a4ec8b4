"""How the system says no."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - it is an answer, not an accident
    """One clear sentence for a person: what is wrong, where, and how to mend it.

    Every expected failure of a rule, an action or a file is a subclass, defined
    beside the function that raises it. A page shows the sentence; a command prints
    it on one line and exits with code 2.

    `sentence` may be a lazily translated string: it is read when shown.
    `code` is a stable name for machines (`"period.unknown"`), `where` the place of
    the fault (a file and its row, a field), put before the sentence.

    >>> print(Refused("the order takes effect before it is signed.", where="order.toml: act 3"))
    order.toml: act 3: the order takes effect before it is signed.
    """

    def __init__(self, sentence: object, *, code: str = "", where: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.where = where

    def __str__(self) -> str:
        line = f"{self.where}: {self.sentence}" if self.where else str(self.sentence)
        return " ".join(line.split())
