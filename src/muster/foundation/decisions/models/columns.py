"""Columns that several tables of the slice share."""

import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import models


def opaque_id() -> "models.UUIDField[uuid.UUID, uuid.UUID]":
    """The name of a row in addresses and on papers: it tells nothing."""
    return models.UUIDField(unique=True, editable=False, db_default=RandomUUID())
