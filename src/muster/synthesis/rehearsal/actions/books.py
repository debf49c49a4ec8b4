"""What the demonstration writes into the books: in the office's language, not the terminal's."""

from django.conf import settings
from django.utils import translation


def entered(text: str, **values: object) -> str:
    """A text marked for translation, as an office would have written it down."""
    with translation.override(settings.LANGUAGE_CODE):
        return translation.gettext(text) % values
