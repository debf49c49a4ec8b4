"""Parses a list that is sent over the page, and what its columns mean."""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.forms.headings import FIELDS
from muster.foundation.register.forms.sheets import UnusableFile, read
from muster.foundation.register.models.labels import COLUMNS
from muster.shell.fields import day

_MOST_BYTES = 25 * 2**20
_KINDS = ("xlsx", "csv", "txt", "tsv", "parquet")


class UploadForm(forms.Form):
    """A file, who sent it, and the day on which its commune codes are read."""

    file = forms.FileField(
        label=_("List"),
        help_text=_("An .xlsx, .csv or .parquet file with a row of headings; at most 25 MB."),
    )
    source = forms.CharField(
        label=_("Who sent it"),
        max_length=120,
        help_text=_("What the columns mean is remembered for the next list from there."),
    )
    on = day(_("Codes of communes are read on"), initial=timezone.localdate)

    def clean_file(self) -> Any:
        """Refuse what no list can be, before anything is kept."""
        file = self.cleaned_data["file"]
        self.kind = PurePath(file.name).suffix.lower().lstrip(".")
        if self.kind not in _KINDS:
            raise forms.ValidationError(
                _("Save it as .xlsx, .csv or .parquet; a file with macros is not opened.")
            )
        if file.size > _MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 25 MB; split it."))
        self.data_sent = file.read()
        self._read()
        return file

    def _read(self) -> None:
        """Open it once, so that nothing is kept that cannot be read."""
        with TemporaryDirectory(prefix="muster-list-") as folder:
            path = Path(folder) / PurePath(self.cleaned_data["file"].name).name
            path.write_bytes(self.data_sent)
            try:
                read(path)
            except UnusableFile as refusal:
                raise forms.ValidationError(str(refusal)) from None


class MappingForm(forms.Form):
    """For each heading of a list the field that its column fills, or none."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        headings: Sequence[str],
        known: Mapping[int, str],
        samples: Sequence[str],
    ) -> None:
        super().__init__(data)
        self.headings = headings
        choices = [("", _("fills no field")), *((field, COLUMNS[field]) for field in FIELDS)]
        for position, heading in enumerate(headings):
            if heading.strip():
                self.fields[f"c{position}"] = forms.ChoiceField(
                    label=heading,
                    choices=choices,
                    required=False,
                    initial=known.get(position, ""),
                    help_text=samples[position],
                )

    def clean(self) -> dict[str, Any]:
        """Each field is filled by one column, and the name by one of them."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [field for field in told.values() if field]
        twice = next((field for field in chosen if chosen.count(field) > 1), None)
        if twice:
            raise forms.ValidationError(
                _("Two columns fill “%(field)s”; choose one."), params={"field": COLUMNS[twice]}
            )
        if "full_name" not in chosen:
            raise forms.ValidationError(_("Say which column holds the name."))
        return told

    def mapping(self) -> dict[str, str]:
        """Field by heading, as a source's are remembered."""
        return {
            heading: self.cleaned_data[f"c{position}"]
            for position, heading in enumerate(self.headings)
            if f"c{position}" in self.cleaned_data
        }
