"""A deferral through the pages: proposed, voted, signed, posted, served, complained of, checked."""

from datetime import date, timedelta
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from muster.foundation.accounts.actions import acting_as_system, give_post, open_account
from muster.foundation.decisions import actions, papers, queries
from muster.foundation.decisions.models import (
    Body,
    Complaint,
    Decision,
    Delivery,
    Line,
    Meeting,
    Posting,
    Proposal,
    Resolution,
)
from muster.foundation.decisions.tests import factories
from muster.foundation.ledger import actions as ledger

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 20)


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(TODAY)


@pytest.fixture
def time_machine_at():
    import time_machine

    travels = []

    def at(day):
        traveller = time_machine.travel(f"{day}T09:00:00+07:00", tick=False)
        traveller.start()
        travels.append(traveller)

    yield at
    for traveller in travels:
        traveller.stop()


@pytest.fixture
def house(db):
    """A province with one commune, its council of sixteen and forty men to be deferred."""
    with acting_as_system():
        province = factories.unit("province", "Hải Phòng")
        commune = factories.unit("commune", "An Biên")
        factories.under(commune, province)
        men = factories.people(factories.place(commune), 40)
        councils = [commune.pk, province.pk]
        actions.establish_councils(unit_ids=councils, on=date(2026, 7, 1), members=16)
        actions.propose(
            act="deferral",
            unit_id=commune.pk,
            season="2027",
            proposed_on=TODAY,
            drafts=[
                actions.Draft(man.pk, man.place_id, "deferred", "41.1.g", "student") for man in men
            ],
        )
    return province, commune, men


def signed_in(role, unit):
    user = open_account(username=f"{role}-{unit.pk}", name=role, password=None)
    with acting_as_system():
        give_post(user=user, role=role, unit=unit, valid_from=date(2026, 1, 1))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def page(client, name, *args, **query):
    answer = client.get(reverse(f"decisions:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def send(client, name, *args, query="", **fields):
    answer = client.post(reverse(f"decisions:{name}", args=args) + query, fields)
    if answer.status_code != 302:
        pytest.fail(answer.content.decode())
    return answer.url


def vote(clerk, unit, noes_on_the_single_name=0):
    where = (unit.pk, "deferral")
    with acting_as_system():
        seats = [seat.pk for seat in Body.objects.get(unit=unit).seats.order_by("pk")]
    send(clerk, "sit", *where, query="?season=2027", held_on=TODAY, seats=seats)
    with acting_as_system():
        meeting = Meeting.objects.latest("pk")
        contested = list(Proposal.objects.filter(unit=unit, contested=True))
    fields = {f"vote-0-{seat}": "aye" for seat in seats}
    for name in contested:
        fields |= {f"vote-{name.pk}-{seat}": "aye" for seat in seats}
        fields |= {f"vote-{name.pk}-{seat}": "no" for seat in seats[:noes_on_the_single_name]}
    send(clerk, "ballot", meeting.uid, "deferral", query="?season=2027", **fields)
    with acting_as_system():
        return Resolution.objects.get(meeting=meeting)


def signature(unit, act="deferral"):
    return {"act": act, "season": "2027", "unit": unit.pk, "signed_on": TODAY}


def said(answer):
    return unescape(" ".join(answer.content.decode().split()))


def carry(clerk, house):
    """The commune's council carries the list, the province's reviews it; what the first resolved."""
    province, commune, _men = house
    resolution = vote(clerk, commune)
    vote(signed_in("commander", province), province)
    return resolution


def test_a_deferral_from_the_proposal_to_the_second_decision(house):
    province, commune, _men = house
    clerk, chairman = signed_in("clerk", commune), signed_in("chairman", province)
    assert "40" in page(clerk, "sittings")

    with acting_as_system():
        single = Proposal.objects.order_by("pk").first()
    send(clerk, "contest", single.uid, singly="yes")
    resolution = vote(clerk, commune, noes_on_the_single_name=8)
    told = page(clerk, "resolution", resolution.uid)
    assert "16 members" in told
    assert "More than half of all members is 9" in told
    assert "not carried" in told
    assert "39 names go on to the review by the council of the province" in told

    waiting = page(chairman, "signing")
    assert "Request declined" in waiting, "the name that was lost singly"
    assert "Military Service Council of thành phố Hải Phòng" in waiting
    early = chairman.post(reverse("decisions:signing"), signature(province))
    assert "Hải Phòng has still to review 39 names; hold its sitting first" in said(early)
    staff = signed_in("commander", province)
    assert "Resolutions under review" in page(
        staff, "before", province.pk, "deferral", season="2027"
    )
    reviewed = vote(staff, province)
    assert "go on to the office that signs" in page(staff, "resolution", reviewed.uid)

    assert "39" in page(chairman, "signing")
    send(chairman, "signing", act="deferral", season="2027", unit=province.pk, signed_on=TODAY)
    with acting_as_system():
        decision = Decision.objects.get()
        assert decision.resolution == reviewed
        assert decision.lines.count() == 39
        line = decision.lines.order_by("pk").first()
        posting = Posting.objects.get(channel="web")
    shown = page(clerk, "decision", decision.uid)
    assert "Nguyễn Văn 1" in shown
    assert decision.full_number in shown
    assert all(str(each.body) in shown for each in (resolution, reviewed))

    visitor = Client()
    assert str(posting.uid) in page(visitor, "posted")
    public = page(visitor, "posting", posting.uid)
    assert "Nguyễn Văn 1" in public
    assert "điểm g khoản 1 Điều 41" in public
    assert "2005" in public
    assert "01/01/2005" not in public

    send(clerk, "complain", line.uid, received_on=TODAY, text="Sai trường")
    with acting_as_system():
        complaint = Complaint.objects.get()
    send(chairman, "complaint", complaint.uid, on=TODAY)
    send(chairman, "complaint", complaint.uid, upheld="yes", unit=province.pk, signed_on=TODAY)
    assert "set aside" in page(clerk, "line", line.uid)
    with acting_as_system():
        answer = Line.objects.get(decision__kind="complaint_answer")
    assert "undoes an earlier line" in page(clerk, "line", answer.uid)


def test_the_desk_notes_that_a_man_went_to_court_and_the_answer_names_his_way(house):
    province, commune, _men = house
    clerk, chairman = signed_in("clerk", commune), signed_in("chairman", province)
    carry(clerk, house)
    send(chairman, "signing", act="deferral", season="2027", unit=province.pk, signed_on=TODAY)
    with acting_as_system():
        line = Line.objects.order_by("pk").first()
    send(clerk, "complain", line.uid, received_on=TODAY)
    with acting_as_system():
        complaint = Complaint.objects.get()
    send(chairman, "complaint", complaint.uid, on=TODAY)
    send(chairman, "complaint", complaint.uid, upheld="no", unit=province.pk, signed_on=TODAY)
    assert "Second complaint possible until" in page(clerk, "complaint", complaint.uid)
    with acting_as_system():
        answer = Line.objects.get(decision__kind="complaint_answer")
        with translation.override("en"):
            paper = papers.of_decision(answer.decision, base_url="")
    told = " ".join(paper.articles)
    assert "within 30 days" in told
    assert "bring the matter to court" in told
    address = reverse("decisions:complaint", args=[complaint.uid])
    assert chairman.post(address, {"court_on": TODAY}).status_code == 403
    early = clerk.post(address, {"court_on": TODAY - timedelta(days=1)})
    assert "not before he complained" in said(early)
    send(clerk, "complaint", complaint.uid, court_on=TODAY)
    assert "Taken to court on" in page(clerk, "complaint", complaint.uid)


def test_minutes_and_notice_are_handed_out_as_pdf_and_word_and_name_who_was_there(house):
    province, commune, _men = house
    clerk, chairman = signed_in("clerk", commune), signed_in("chairman", province)
    resolution = carry(clerk, house)
    told = page(clerk, "resolution", resolution.uid)
    assert "Present: Chủ tịch Hội đồng" in told
    send(chairman, "signing", act="deferral", season="2027", unit=province.pk, signed_on=TODAY)
    with acting_as_system():
        board = Posting.objects.get(channel="board")
    addresses = (
        reverse("decisions:resolution", args=[resolution.uid]) + "?paper=1&",
        reverse("decisions:notice", args=[board.uid]) + "?",
    )
    for address in addresses:
        for lang in ("vi", "en", "fr"):
            assert clerk.get(f"{address}lang={lang}").content.startswith(b"%PDF")
        word = clerk.get(f"{address}form=docx").content
        assert "word/document.xml" in ZipFile(BytesIO(word)).namelist()


def test_a_receipt_is_checked_from_home_without_a_name(house):
    province, commune, _men = house
    clerk, chairman = signed_in("clerk", commune), signed_in("chairman", province)
    carry(clerk, house)
    send(chairman, "signing", act="deferral", season="2027", unit=province.pk, signed_on=TODAY)
    with acting_as_system():
        line = Line.objects.order_by("pk").first()
    assert (
        "Not yet placed"
        in Client(headers={"accept-language": "en"})
        .get(reverse("decisions:receipt", args=[line.uid]))
        .content.decode()
    )
    ledger.place()
    answer = Client(headers={"accept-language": "en"}).get(
        reverse("decisions:receipt", args=[line.uid])
    )
    assert "Nguyễn" not in answer.content.decode()
    assert "noindex" in answer["X-Robots-Tag"]
    receipt = Client().get(reverse("decisions:receipt_file", args=[line.uid])).json()
    assert str(line.uid) in receipt["canonical"]


def test_a_list_comes_down_by_itself(house, time_machine_at):
    province, commune, _men = house
    clerk, chairman = signed_in("clerk", commune), signed_in("chairman", province)
    carry(clerk, house)
    send(chairman, "signing", act="deferral", season="2027", unit=province.pk, signed_on=TODAY)
    with acting_as_system():
        posting = Posting.objects.get(channel="web")
    for days, status in ((19, 200), (20, 404)):
        time_machine_at(TODAY + timedelta(days=days))
        assert Client().get(reverse("decisions:posting", args=[posting.uid])).status_code == status


def test_what_came_down_is_linked_no_more_and_its_files_are_gone(house, time_machine_at):
    province, commune, _men = house
    clerk, chairman = signed_in("clerk", commune), signed_in("chairman", province)
    carry(clerk, house)
    send(chairman, "signing", act="deferral", season="2027", unit=province.pk, signed_on=TODAY)
    with acting_as_system():
        decision = Decision.objects.get()
        board = Posting.objects.get(channel="board")
    notice = reverse("decisions:notice", args=[board.uid])
    told = page(clerk, "decision", decision.uid)
    assert notice in told
    assert "Full name (Ministry guidance 6544/HD-BQP of 2025 (press))" in told
    assert "Year of birth (least data, Law 91/2025/QH15)" in told
    time_machine_at(TODAY + timedelta(days=20))
    later = signed_in("commander", commune)
    told = page(later, "decision", decision.uid)
    assert "/decisions/posted/" not in told.partition("Signature")[2]
    assert later.get(notice).status_code == 404
    assert str(decision.full_number) not in page(Client(), "posted")


def test_a_stranger_who_turns_pages_too_fast_waits_and_no_index_keeps_them(house):
    visitor = Client(headers={"accept-language": "en"}, REMOTE_ADDR="10.1.2.2")
    address = reverse("decisions:posted")
    answers = [visitor.get(address) for _ in range(21)]
    assert [each.status_code for each in answers] == [200] * 20 + [429]
    assert "A moment, please" in answers[-1].content.decode()
    assert answers[-1]["Retry-After"] == "60"
    assert {each["X-Robots-Tag"] for each in answers} == {"noindex, nofollow, noarchive"}
    assert Client(REMOTE_ADDR="10.1.2.3").get(address).status_code == 200
    assert signed_in("clerk", house[1]).get(address).status_code == 200


def test_the_administrator_sees_every_unconfirmed_value_of_today_and_why(house):
    _province, commune, _men = house
    administrator = signed_in("administrator", commune)
    told = page(administrator, "law")
    values = [value for _, found in queries.unconfirmed_law(TODAY) for value in found]
    assert {"request_refusal_office", "keep_reading"} <= {value.name for value in values}
    for value in values:
        assert value.name in told
    assert signed_in("clerk", commune).get(reverse("decisions:law")).status_code == 403


@pytest.mark.parametrize("language", ["vi", "fr"])
def test_every_doubt_is_told_in_the_readers_language(language):
    values = [v for _, found in queries.unconfirmed_law(date(2026, 11, 22)) for v in found]
    with translation.override(language):
        texts = {text for value in values for text in (value.source, value.note) if text}
        assert [text for text in texts if gettext(text) == text] == []


def test_the_boards_list_is_not_on_the_web(house):
    province, commune, _men = house
    clerk, chairman = signed_in("clerk", commune), signed_in("chairman", province)
    carry(clerk, house)
    send(chairman, "signing", act="deferral", season="2027", unit=province.pk, signed_on=TODAY)
    with acting_as_system():
        board = Posting.objects.get(channel="board")
    assert Client().get(reverse("decisions:posting", args=[board.uid])).status_code == 404
    paper = clerk.get(reverse("decisions:notice", args=[board.uid]))
    assert paper.content.startswith(b"%PDF")


def test_papers_are_printed_in_three_languages_the_same_every_time(house):
    province, commune, _men = house
    clerk, chairman = signed_in("clerk", commune), signed_in("chairman", province)
    resolution = carry(clerk, house)
    send(chairman, "signing", act="deferral", season="2027", unit=province.pk, signed_on=TODAY)
    with acting_as_system():
        decision = Decision.objects.get()
        line = decision.lines.order_by("pk").first()
    for lang in ("vi", "en", "fr"):
        address = reverse("decisions:paper", args=[decision.uid])
        first, second = (clerk.get(address, {"lang": lang}).content for _ in range(2))
        assert first.startswith(b"%PDF")
        assert first == second
    assert clerk.get(reverse("decisions:line_paper", args=[line.uid])).content[:4] == b"%PDF"
    words = [
        clerk.get(reverse("decisions:paper", args=[decision.uid]), {"form": "docx"}) for _ in "12"
    ]
    assert words[0].content == words[1].content
    assert "Nguyễn Văn 1" in _text_of(words[0].content)
    minutes = clerk.get(reverse("decisions:resolution", args=[resolution.uid]), {"paper": 1})
    assert minutes.content[:4] == b"%PDF"


def _text_of(package):
    with ZipFile(BytesIO(package)) as parts:
        return parts.read("word/document.xml").decode()


def test_the_commune_cannot_sign_what_the_province_signs(house):
    _, commune, _ = house
    clerk, chairman = signed_in("clerk", commune), signed_in("chairman", commune)
    vote(clerk, commune)
    assert "Nothing waits" in page(chairman, "signing")
    answer = chairman.post(
        reverse("decisions:signing"),
        {"act": "deferral", "season": "2027", "unit": commune.pk, "signed_on": TODAY},
    )
    assert "signed by the chairman of the province" in answer.content.decode()
    with acting_as_system():
        assert not Decision.objects.exists()


def test_a_round_is_printed_and_typed_in(house):
    _, commune, men = house
    clerk = signed_in("clerk", commune)
    with acting_as_system():
        decision = actions.decide(
            kind="exam_call",
            unit_id=commune.pk,
            signed_on=TODAY,
            event_on=TODAY + timedelta(days=30),
            lines=[actions.Draft(man.pk, man.place_id, "called", "40.2") for man in men],
        )
        lines = list(decision.lines.order_by("pk").values_list("pk", flat=True))
    assert "40" in page(clerk, "rounds")
    sheet = clerk.get(reverse("decisions:sheet", args=[decision.uid]))
    assert sheet.content.startswith(b"%PDF")
    page(clerk, "round", decision.uid)
    results = {f"result-{line}": "served" for line in lines[:30]}
    results[f"result-{lines[30]}"] = "returned"
    send(clerk, "round", decision.uid, delivered_on=TODAY, means="hand", **results)
    assert '<span class="count num">10</span>' in page(clerk, "rounds")


def test_those_who_serve_are_reminded_by_the_plan_while_papers_wait(house, time_machine_at):
    """Ten, five and two days before the last day of service, fifteen days before the examination."""
    _, commune, men = house
    with acting_as_system():
        actions.decide(
            kind="exam_call",
            unit_id=commune.pk,
            signed_on=TODAY,
            event_on=date(2026, 10, 5),
            lines=[actions.Draft(men[0].pk, men[0].place_id, "called", "40.2")],
        )
        (waiting,) = queries.rounds(TODAY)
    assert waiting.serve_by == date(2026, 9, 20)
    assert waiting.reminders == (date(2026, 9, 10), date(2026, 9, 15), date(2026, 9, 18))
    days = (TODAY, date(2026, 9, 9), date(2026, 9, 10), date(2026, 9, 20), date(2026, 9, 21))
    assert [waiting.urgency(day) for day in days] == ["normal", "normal", "soon", "soon", "late"]
    clerk = signed_in("clerk", commune)
    assert "10 Sep 2026" in page(clerk, "rounds")
    assert "Next reminder: 10 Sep 2026" in clerk.get("/").content.decode()


def test_two_hundred_papers_are_typed_in_whatever_came_of_the_first_fifty(house, time_machine_at):
    """A round without a line, typed in days later: the day to appear may be over by then."""
    _, commune, men = house
    clerk = signed_in("clerk", commune)
    with acting_as_system():
        men = [*men, *factories.people(men[0].place, 30)]
        decision = actions.decide(
            kind="prescreening_call",
            unit_id=commune.pk,
            signed_on=TODAY,
            event_on=TODAY + timedelta(days=3),
            lines=[actions.Draft(man.pk, man.place_id, "called") for man in men],
        )
        lines = list(decision.lines.order_by("pk").values_list("pk", flat=True))
    time_machine_at(TODAY + timedelta(days=10))
    address = reverse("decisions:round", args=[decision.uid])
    assert "past its day" in page(clerk, "rounds")
    returned = {f"result-{line}": "returned" for line in lines[:50]}
    send(clerk, "round", decision.uid, delivered_on=TODAY, means="post", **returned)
    assert f'href="?after={lines[49]}"' in page(clerk, "round", decision.uid)
    last = {f"result-{lines[69]}": "served", f"proof-{lines[69]}": "RR 123 456 789 VN"}
    query = f"?after={lines[49]}"
    send(clerk, "round", decision.uid, query=query, delivered_on=TODAY, means="post", **last)
    with acting_as_system():
        assert Delivery.objects.get(line=lines[69]).proof == "RR 123 456 789 VN"
    assert f"result-{lines[68]}" in clerk.get(address + query).content.decode()
    assert f"result-{lines[69]}" not in clerk.get(address + query).content.decode()


def test_a_paper_left_with_the_family_without_a_name_is_asked_for_it(house):
    _, commune, men = house
    clerk = signed_in("clerk", commune)
    with acting_as_system():
        decision = actions.decide(
            kind="call_up",
            unit_id=commune.pk,
            signed_on=TODAY,
            event_on=TODAY + timedelta(days=30),
            lines=[actions.Draft(men[0].pk, men[0].place_id, "called")],
        )
        line = decision.lines.get()
    answer = clerk.post(
        reverse("decisions:round", args=[decision.uid]),
        {"delivered_on": TODAY, "means": "family", f"result-{line.pk}": "served"},
    )
    assert "Name who took the paper" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "name"),
    [("doctor", "list"), ("inspector", "sittings"), ("clerk", "signing"), ("council", "rounds")],
)
def test_a_page_opens_only_to_posts_that_carry_it(house, role, name):
    client = signed_in(role, house[1])
    assert client.get(reverse(f"decisions:{name}")).status_code == 403


def test_a_clerk_of_another_commune_sees_neither_line_nor_name(house):
    province, commune, _men = house
    with acting_as_system():
        other = factories.unit("commune", "Tiên Lãng")
        factories.under(other, province)
        factories.place(other)
    clerk, chairman = signed_in("clerk", commune), signed_in("chairman", province)
    carry(clerk, house)
    send(chairman, "signing", act="deferral", season="2027", unit=province.pk, signed_on=TODAY)
    with acting_as_system():
        decision, line = Decision.objects.get(), Line.objects.order_by("pk").first()
    stranger = signed_in("clerk", other)
    assert stranger.get(reverse("decisions:line", args=[line.uid])).status_code == 404
    assert "Nguyễn" not in page(stranger, "decision", decision.uid)
    assert decision.full_number not in page(stranger, "list")
    assert decision.full_number in page(clerk, "list")


def test_my_work_names_votes_signatures_papers_and_complaints(house):
    province, commune, men = house
    clerk, chairman = signed_in("clerk", commune), signed_in("chairman", province)
    assert "Names before the council" in clerk.get("/").content.decode()
    carry(clerk, house)
    assert "To sign" in chairman.get("/").content.decode()
    with acting_as_system():
        decision = actions.decide(
            kind="call_up",
            unit_id=commune.pk,
            signed_on=TODAY,
            event_on=TODAY + timedelta(days=14),
            lines=[actions.Draft(men[0].pk, men[0].place_id, "called")],
        )
        actions.complain(line=decision.lines.get(), received_on=timezone.localdate())
    work = clerk.get("/").content.decode()
    assert "To serve" in work
    assert "late" in work
