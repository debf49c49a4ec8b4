"""Every field of every model says why it is kept, who sees it and until when."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import AutoField, CompositePrimaryKey

from muster.foundation.ledger.models import Entry
from muster.foundation.register.queries.forgetting import rows_that_go, values_that_go
from muster.kernel import privacy
from muster.kernel.privacy import FaultyDeclaration, Kept
from muster.shell.discovery import ROOT, slices

SLICES = {each.slug: ROOT / each.storey / each.slug for each in slices()}
MODELS = [each for each in apps.get_models() if each.__module__.startswith("muster.")]
NUMBERING = (AutoField, CompositePrimaryKey)  # a row's own number tells of nobody


def declared(slug):
    return privacy.load(SLICES[slug] / privacy.FILE)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_classified(model):
    fields = {f.name for f in model._meta.local_fields if not isinstance(f, NUMBERING)}
    kept = declared(model._meta.app_label).get(model.__name__, {})
    assert set(kept) == fields


@pytest.mark.parametrize(
    "slug", [each for each in SLICES if (SLICES[each] / "migrations").is_dir()]
)
def test_nothing_is_declared_that_is_not_kept(slug):
    models = {model.__name__ for model in apps.get_app_config(slug).get_models()}
    assert set(declared(slug)) <= models


def test_whatever_goes_with_an_entry_is_found_from_the_person() -> None:
    """Else a rule could not destroy it: a field of such a term in a table that leads to nobody."""
    reached = {each.table for each in (*rows_that_go(), *values_that_go())}
    for model in MODELS:
        terms = {kept.until for kept in declared(model._meta.app_label)[model.__name__].values()}
        if terms & {"entry", "spell", "reading"} and model is not Entry:  # the salts go by the log
            assert model._meta.db_table in reached, model._meta.label


REASON = '[why.known]\npurpose = "p"\nseen_by = ["office"]\nuntil = "entry"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[Person]\nnobody = ["a", "a"]', "“a” is declared twice"),
        ('[Person]\nnobody = ["a"]\nwhim = ["b"]', r"\[why.whim\] is missing"),
        (REASON.replace("office", "anyone"), "“anyone” is none of everyone, staff"),
        (REASON.replace("entry", "later"), "“later” is none of always"),
        ('[why.known]\npurpose = "p"', "'seen_by' is missing"),
        ("[Person", "cannot be read"),
    ],
)
def test_a_faulty_declaration_is_refused_by_name(tmp_path: Path, text, told):
    file = tmp_path / privacy.FILE
    file.write_text(text)
    with pytest.raises(FaultyDeclaration, match=told):
        privacy.load(file)


def test_a_field_is_kept_for_the_reason_it_is_listed_under(tmp_path: Path):
    file = tmp_path / privacy.FILE
    file.write_text(REASON + '[Person]\nknown = ["a"]\nnobody = ["b"]')
    kept = privacy.load(file)["Person"]
    assert kept == {"a": Kept("p", ("office",), "entry"), "b": privacy.NOBODY}
