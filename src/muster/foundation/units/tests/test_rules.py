"""An order file is read, and every fault in it is said with its line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.foundation.units.rules import MAX_BYTES, BadOrder, findings_of, read, require_small
from muster.foundation.units.tests.conftest import act, divide, establish, merge, text
from muster.kernel.lineage import Chart, Dissolve, Divide, Guide, Merge, plan


def sentences(content):
    with pytest.raises(BadOrder) as refusal:
        read(content if isinstance(content, bytes) else content.encode())
    return [str(finding) for finding in refusal.value.findings]


def faults(content, chart):
    written = read(content.encode())
    outcome = plan(chart, [written.order()])[0]
    return [str(each) for each in findings_of(outcome.faults, written.line_of)]


def test_an_order_says_who_signed_what_from_when():
    written = read(text("1669", merge(["1", "2"], "2")).encode())
    assert written.number == "1669"
    assert written.effective_on == date(2025, 7, 1)
    assert written.acts == (Merge(("1", "2"), written.acts[0].into),)
    assert written.acts[0].into.profile.kind == "phường"


def test_acts_of_every_kind_are_read():
    written = read(
        text(
            "1",
            divide("1", ["2", "3"], keeper="3"),
            act("dissolve", level="district"),
            '[[guides]]\nregional = "KV-1"\ncommunes = ["A", "B"]\nvalid_from = 2025-07-01\n',
        ).encode()
    )
    assert written.acts == (
        Divide("1", ("2", "3"), "3"),
        Dissolve(level="district"),
        Guide("KV-1", ("A", "B")),
    )


def test_an_order_without_a_day_of_effect_awaits_confirmation():
    written = read(
        text("36/2026", act("change_kind", unit="22", kind="thành phố"), on=None).encode()
    )
    assert written.effective_on is None
    with pytest.raises(BadOrder, match="not confirmed"):
        written.order()


def test_the_layout_of_a_file_does_not_change_what_it_says():
    one = text("1", merge(["1", "2"], "2"))
    assert read(one.encode()).digest == read(("# a note\n" + one + "\n\n").encode()).digest
    assert read(one.encode()).digest != read(one.replace('"2"', '"3"').encode()).digest


def test_effect_before_signature_is_refused():
    found = sentences(text("1", merge(["1", "2"], "2"), signed=date(2025, 8, 1)))
    assert found == ["the order takes effect on 2025-07-01, before it is signed on 2025-08-01."]


def test_every_fault_is_said_with_its_line():
    found = sentences(
        text(
            "1", merge(["1"], "1"), act("frobnicate"), act("rename", unit="2"), act("merge", x="1")
        )
    )
    lines = [int(each.split(":")[0].removeprefix("line ")) for each in found]
    assert len(found) == 5
    assert lines == sorted(lines)
    assert '"frobnicate" is not an act' in found[0]
    assert "the act lacks name." in found[1]


def test_a_fault_of_the_map_points_to_the_code():
    content = text("1", act("rename", unit="1", name="x"), merge(["8", "9"], "9"))
    lines = content.splitlines()
    expected = lines.index('from = ["8", "9"]') + 1
    found = faults(content, Chart(date(2025, 7, 1)))
    assert f"line {expected}: no unit had the code 8" in "\n".join(found)


def test_a_long_text_does_not_shift_the_lines():
    note = 'text = """\n[[acts]]\nnot an act\n"""\n'
    content = text("1", act("rename", unit="7", name="x")).replace("source", note + "source")
    expected = content.splitlines().index('unit = "7"') + 1
    assert faults(content, Chart(date(2025, 7, 1)))[0].startswith(f"line {expected}:")


def test_two_acts_that_close_one_unit_overlap():
    opening = read(
        text("0", *(establish(c, "province") for c in "123"), on=date(2020, 1, 1)).encode()
    )
    before = plan(Chart(date(2020, 1, 1)), [opening.order()])[0].effects.opened
    content = text(
        "1",
        merge(["1", "2"], "2", "", level="province"),
        merge(["2", "3"], "3", "", level="province"),
    )
    assert "already closed by act 1" in faults(content, Chart(date(2025, 7, 1), before))[0]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"a = ", "not TOML"),
        (b"", "no \\[order\\]"),
        (b"a = " + b"[" * 9_000, "nested too deeply"),
        (b"a = " + b"[\n" * 90_000, "nested too deeply"),
        (b"a = " + b"9" * 9_000, "not TOML"),
        (b"a" + b".a" * 4_000 + b" = 1", "line is too long"),
        (b"x" * 10_001, "line is too long"),
        (b"order = 3", "no \\[order\\]"),
        (b"[order]\nnumber = 3\n[[acts]]\nact = []", "is not an act"),
        (
            b'[[acts]]\nact = "rename"\nunit = "1\\u001f2"\nname = "x"\n[order]',
            "unit is not written",
        ),
        (
            b'[[acts]]\nact = "rename"\nunit = "1"\nname = "x\\u0000"\n[order]',
            "name is not written",
        ),
    ],
)
def test_a_hostile_file_is_refused(content, sentence):
    with pytest.raises(BadOrder, match=sentence):
        read(content)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("lat = nan", "into is not written"),
        ("lon = inf", "into is not written"),
        ("area_km2 = 1" + "0" * 400, "into is not written"),
        ("opened = 2025-07-01", "into is not written"),
        ('parent = "' + "3" * 41 + '"', "into is not written"),
    ],
)
def test_a_unit_that_no_table_could_keep_is_refused(words, sentence):
    into = f'{{ code = "1", name = "x", kind = "xã", level = "commune", {words} }}'
    content = text("1", f'[[acts]]\nact = "merge"\nfrom = ["1"]\ninto = {into}\n')
    assert [sentence in each for each in sentences(content)] == [True]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ('number = "1"', f'number = "{"1" * 61}"', "number"),
        ('number = "1"', 'number = "1\\u0000"', "number"),
        ("source", 'text = "a\\u0000"\nsource', "text"),
        ("source", "corrects = 3\nsource", "corrects"),
    ],
)
def test_a_head_that_no_table_could_keep_is_refused(old, new, name):
    content = text("1", act("rename", unit="1", name="x")).replace(old, new, 1)
    (said,) = sentences(content)
    assert said.startswith(f"[order] {name} must be a plain text")


def test_a_note_is_a_text():
    content = text("1", act("rename", unit="1", name="x") + "note = 2025-07-01\n")
    assert "note is not written" in sentences(content)[0]


def test_a_huge_file_is_refused_by_its_size_alone():
    with pytest.raises(BadOrder, match="52,428,800 bytes"):
        require_small(50 * 2**20, "big.toml")
    require_small(MAX_BYTES, "order.toml")


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_bytes_are_an_order_or_a_sentence(content):
    with pytest.raises(BadOrder) as refusal:
        read(content)
    assert "\n" not in str(refusal.value)
