"""Papers: a Typst template and plain data become a PDF, the same bytes for the same data."""

import json
import warnings
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.core.serializers.json import DjangoJSONEncoder

FONTS = Path(__file__).with_name("fonts")


@cache
def _fonts() -> Any:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def render(template: Path, data: Mapping[str, Any]) -> bytes:
    """The template filled with `data` (it reads `json(bytes(sys.inputs.data))`) as a PDF.

    No clock and no random name enters it. A missing font or letter is an error,
    since a fallback would print Vietnamese wrong.
    """
    inputs = {"data": json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pdf: bytes = typst.compile(
            str(template),
            root=str(template.parent),
            font_paths=_fonts(),
            sys_inputs=inputs,
            format="pdf",
        )
    return pdf
