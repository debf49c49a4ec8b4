"""What a signed head says, byte for byte."""


def head_message(size: int, root: bytes) -> bytes:
    """The bytes that are signed: name of the log's form, size and root."""
    return b"muster ledger v1\n%d\n%s\n" % (size, root.hex().encode())
