"""DATABASE_URL → Django's DATABASES."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from muster.kernel.errors import Refused

_STATIC_CHECKS = {"default": {"ENGINE": "django.db.backends.dummy"}}


def databases(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The one database, PostgreSQL; none while only static checks run.

    A socket directory is given as `?host=/path`, as libpq writes it.
    """
    url = environ.get("DATABASE_URL")
    if not url:
        return _STATIC_CHECKS
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise Refused(
            f"DATABASE_URL starts with “{parts.scheme}:”, but Muster works on PostgreSQL only; "
            "write postgresql://user:password@host:5432/name."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", None) or parts.hostname or "",
            "PORT": options.pop("port", None) or parts.port or "",
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    }
