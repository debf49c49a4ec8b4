"""Keys of this installation: made once, readable by its owner only."""

import os
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings


@cache
def secret(name: str, size: int = 32) -> bytes:
    """The secret of that name in this installation's home, made when it is first asked for."""
    file = Path(settings.HOME) / "keys" / name
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_bytes()
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(os.urandom(size))
    return file.read_bytes()


def signing_key() -> Ed25519PrivateKey:
    """The key that signs the heads of the log."""
    return Ed25519PrivateKey.from_private_bytes(secret("ledger-ed25519"))


def public_key() -> bytes:
    """The 32 bytes with which anyone checks this installation's signatures."""
    return signing_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
