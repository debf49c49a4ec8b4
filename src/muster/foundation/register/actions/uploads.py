"""A list over the page: sent, its columns settled, tried, entered in portions, removed."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.actions.lists import Outcome, import_list, remember_mapping
from muster.foundation.register.models import Upload
from muster.kernel.errors import Refused
from muster.shell import rls
from muster.shell.keyring import Ring

RING = Ring("lists")
AT_ONCE = 10_000


class NotTried(Refused):
    """Rows are to enter before anybody has seen what would become of them."""


@transaction.atomic
def send_list(*, data: bytes, kind: str, source: str, on: date, by: int) -> Upload:
    """Keep a file that is to be taken in, sealed, until it is removed or its days are over."""
    upload = Upload(by_id=by, source=remember_mapping(source=source, mapping={}), kind=kind, on=on)
    upload.key_id, upload.file = RING.seal(data, bound_to=upload.uid)
    upload.save(force_insert=True)
    return upload


@contextmanager
def opened(upload: Upload) -> Iterator[Path]:
    """The file as it was sent, unsealed for as long as it is read."""
    with TemporaryDirectory(prefix="muster-list-") as folder:
        path = Path(folder) / f"list.{upload.kind}"
        path.write_bytes(RING.open(upload.file, key_id=upload.key_id, bound_to=upload.uid))
        yield path


@transaction.atomic
def try_list(
    *,
    upload: Upload,
    rows: pl.DataFrame,
    mapping: Mapping[str, str],
    headings: Mapping[str, str] | None = None,
) -> Upload:
    """Settle what the columns mean, for this source's next list too, and see what would happen."""
    remember_mapping(source=upload.source.name, mapping=mapping)
    outcome = _taken(upload, rows, dry_run=True, headings=headings)
    buffer = BytesIO()
    outcome.rows.write_parquet(buffer)
    upload.key_id, upload.outcome = _resealed(upload, buffer.getvalue())
    upload.states = dict(outcome.rows["state"].value_counts().iter_rows())
    upload.fresh, upload.entered = outcome.fresh, 0
    upload.save(update_fields=["key_id", "file", "outcome", "states", "fresh", "entered"])
    return upload


def _resealed(upload: Upload, outcome: bytes) -> tuple[str, bytes]:
    """The outcome sealed with the newest key, and with it the file, so that one id opens both."""
    file = RING.open(upload.file, key_id=upload.key_id, bound_to=upload.uid)
    _key, upload.file = RING.seal(file, bound_to=upload.uid)
    return RING.seal(outcome, bound_to=upload.uid)


@transaction.atomic
def enter_rows(*, upload: Upload, rows: pl.DataFrame) -> Upload:
    """Enter the next portion of what was tried; again and again until nothing is left.

    Rows that are in stay as they are, so it goes on where it stopped.
    """
    if not upload.tried:
        raise NotTried(_("Try the list first, so that you see what would become of its rows."))
    outcome = _taken(upload, rows, dry_run=False)
    left = outcome.fresh - outcome.entered
    upload.entered = max(upload.fresh - left, 0)
    upload.save(update_fields=["entered"])
    return upload


def _taken(
    upload: Upload,
    rows: pl.DataFrame,
    *,
    dry_run: bool,
    headings: Mapping[str, str] | None = None,
) -> Outcome:
    return import_list(
        rows=rows,
        headings=headings,
        source=upload.source.name,
        digest=upload.uid.hex,
        on=upload.on,
        scope=nullcontext,
        dry_run=dry_run,
        at_most=AT_ONCE,
    )


def outcome_of(upload: Upload) -> pl.DataFrame:
    """What became, or would become, of each row: line, state, reason, note."""
    if upload.outcome is None:
        raise NotTried(_("Try the list first, so that you see what would become of its rows."))
    kept = RING.open(upload.outcome, key_id=upload.key_id, bound_to=upload.uid)
    return pl.read_parquet(BytesIO(kept))


def destroy_lists(rows: Sequence[int]) -> dict[str, list[int]]:
    """Destroy lists whose days are over, with what became of their rows: for the retention job."""
    with rls.erasing():
        Upload.objects.filter(pk__in=rows).delete()
    return {"register_upload": list(rows)}


@transaction.atomic
def remove_list(*, upload: Upload) -> None:
    """Destroy the file and what is known of its rows; what has entered stays."""
    upload.delete()
