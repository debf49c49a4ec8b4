"""Keys of this installation: made once, readable by its owner only."""

import os
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings


def secret(name: str, size: int = 32) -> bytes:
    """The secret of that name in this installation's keys, made when it is first asked for."""
    return _kept(Path(settings.KEYS) / name, size)


@cache
def _kept(file: Path, size: int) -> bytes:
    """The file's bytes; of two processes that make it, one wins, and both read it whole."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=".")
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(os.urandom(size))
        with suppress(FileExistsError):
            os.link(draft, file)
        Path(draft).unlink()
    return file.read_bytes()


def signing_key() -> Ed25519PrivateKey:
    """The key that signs the heads of the log."""
    return Ed25519PrivateKey.from_private_bytes(secret("ledger-ed25519"))


def public_key() -> bytes:
    """The 32 bytes with which anyone checks this installation's signatures."""
    return signing_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
