"""What a decision on single names changes elsewhere, it changes at once."""

from collections.abc import Sequence

from muster.shell.discovery import manifests


def tell(decision_ids: Sequence[int]) -> None:
    """Let the slices above bring in line what they keep of the people decided about.

    For decisions that come one by one: a list signed after its vote, an answer, a
    correction. Whoever decides thousands moves his own cases himself.
    """
    for each in manifests():
        if each.after_deciding:
            each.after_deciding(decision_ids)
