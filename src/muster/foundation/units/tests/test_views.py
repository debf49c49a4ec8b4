"""The pages of units: any day's tree, a unit's past, orders to sign off, places to settle."""

import json
import re
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from muster.foundation.units import queries
from muster.foundation.units.models import Order, Place, Placement, Step, Tenure, Unit, UnitVersion
from muster.foundation.units.queries import people as people_queries
from muster.foundation.units.tests.conftest import REFORM, file, merge, text
from muster.kernel.manifest import Touched

EVE = date(2025, 6, 30)


@pytest.fixture
def sign_in(client, country):
    """Sign in somebody who holds a role for a unit (None: for all)."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def signed_in(role="administrator", unit=None):
        # In life each request is a transaction of its own, which leaves no table behind.
        with connection.cursor() as cursor:
            cursor.execute("drop table if exists near")
        user = get_user_model().objects.create(username=f"{role}-{unit}")
        user.posts.create(role=role, unit=unit, valid_from=date(2023, 1, 1))
        client.force_login(user)
        return user

    return signed_in


@pytest.fixture
def admin(sign_in):
    return sign_in()


def seen(response, status=200):
    """The words of a page, as a reader sees them."""
    assert response.status_code == status, response.content[:500]
    words = re.sub(r"<[^>]*>", " ", response.content.decode())
    return re.sub(r"\s+", " ", words)


def unit(code, on=REFORM, tree="government"):
    return Unit.objects.get(pk=queries.resolve(code, on, tree).id)


# ---- who may come in ---------------------------------------------------------------------


def test_a_visitor_is_asked_to_sign_in(client, country):
    response = client.get(reverse("units:tree"))
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_who_holds_no_post_sees_nothing(client, country):
    client.force_login(get_user_model().objects.create(username="nobody"))
    assert client.get(reverse("units:tree")).status_code == 403


def test_a_clerk_may_look_but_not_sign_off(client, sign_in, country):
    sign_in("clerk")
    order = file("202", merge(["30", "31"], "31", "", "Hải Phòng", "province"))
    assert "Apply the order" not in seen(client.get(reverse("units:preview", args=[order.pk])))
    form = {"digest": order.digest, "seen": "on"}
    assert client.post(reverse("units:apply", args=[order.pk]), form).status_code == 403
    assert Unit.objects.filter(closed_on__isnull=False).count() == 0


def test_an_empty_house_says_what_to_do(client, db):
    user = get_user_model().objects.create(username="first")
    user.posts.create(role="administrator", unit=None, valid_from=date(2023, 1, 1))
    client.force_login(user)
    page = seen(client.get(reverse("units:tree"), HTTP_ACCEPT_LANGUAGE="en"))
    assert "No map is loaded yet" in page
    assert "muster units load" in page


# ---- the tree ----------------------------------------------------------------------------


def test_the_tree_of_the_eve_has_districts_and_that_of_the_day_after_has_none(
    client, admin, reform
):
    page = seen(client.get(reverse("units:tree"), {"on": EVE}))
    assert "Tỉnh Hải Dương" in page
    assert re.search(r"Districts 3\b", page)
    page = seen(client.get(reverse("units:tree"), {"on": REFORM}))
    assert "Hải Dương" not in page
    assert "Districts" not in page
    assert re.search(r"Provinces and cities 1\b", page)


def test_the_days_of_change_lead_from_one_map_to_the_next(client, admin, reform):
    response = client.get(reverse("units:tree"), {"on": EVE})
    steps = response.context["steps"]
    assert [(step.epoch.first, step.epoch.orders, step.current) for step in steps] == [
        (date(2023, 1, 1), 0, True),
        (REFORM, 3, False),
    ]
    assert steps[1].href.endswith("on=2025-07-01")


def test_a_branch_opens_to_what_stands_right_under_it(client, admin, reform):
    page = seen(client.get(reverse("units:branch", args=[unit("31").pk]), {"on": REFORM}))
    assert "Phường An Biên 11002" in page
    assert "11001" not in page


def test_a_code_that_meant_two_units_asks_which(client, admin, reform):
    page = seen(client.get(reverse("units:tree"), {"find": "31", "on": REFORM}))
    assert "The code 31 meant different units at different times" in page
    assert "1 Jan 2023 to 30 Jun 2025" in page
    assert "since 1 Jul 2025" in page


def test_an_old_name_is_found_and_says_who_stands_there_now(client, admin, reform):
    page = seen(client.get(reverse("units:tree"), {"find": "hai duong", "on": REFORM}))
    assert "Tỉnh Hải Dương 30" in page
    assert "on 1 Jul 2025: phường Hải Phòng" in page


def test_a_name_that_nobody_ever_bore_says_what_to_type(client, admin, country):
    assert "nor ever did" in seen(client.get(reverse("units:tree"), {"find": "Atlantis"}))


@pytest.mark.parametrize(
    ("day", "said"), [("2020-01-01", "lies before it"), ("soon", "is not a day")]
)
def test_a_day_without_a_map_is_refused_in_a_sentence(client, admin, country, day, said):
    assert said in seen(client.get(reverse("units:tree"), {"on": day}), 422)


# ---- a unit ------------------------------------------------------------------------------


def test_a_code_leads_to_the_unit_that_bore_it_on_the_day(client, admin, reform):
    for on in (EVE, REFORM):
        response = client.get(reverse("units:by_code", args=["31"]), {"on": on})
        assert response["Location"] == f"{reverse('units:unit', args=[unit('31', on).pk])}?on={on}"


def test_a_unit_tells_what_it_came_from_and_what_came_in_part(client, admin, reform):
    page = seen(client.get(reverse("units:unit", args=[unit("10001").pk]), {"on": REFORM}))
    assert "Stands as phường Thành Đông" in page
    assert "Formed from commune 10001, commune 10002, commune 10003 (part)" in page
    assert "No. 1669" in page


def test_a_unit_that_is_gone_says_to_whom_its_ground_belongs(client, admin, reform):
    old = unit("10003", EVE)
    page = seen(client.get(reverse("units:unit", args=[old.pk]), {"on": REFORM}))
    assert "On 1 Jul 2025 this unit does not stand" in page
    assert "The page shows it as of 30 Jun 2025" in page
    assert "Went over to phường Thành Đông (part), phường Lê Thanh Nghị (part)" in page


def test_a_unit_warns_that_its_code_was_anothers(client, admin, reform):
    page = seen(client.get(reverse("units:unit", args=[unit("31").pk]), {"on": REFORM}))
    assert "The code 31 also meant another unit" in page


def test_numbers_outside_a_reach_are_not_shown_as_nought(client, sign_in, reform):
    sign_in("clerk", unit("11002"))
    page = seen(client.get(reverse("units:unit", args=[unit("10001").pk]), {"on": REFORM}))
    assert "People kept there outside your reach" in page


def test_what_other_slices_keep_on_the_ground_comes_with_a_link_to_it(
    client, admin, reform, monkeypatch
):
    def answers(places, on):
        return [Touched("Open cases", 2 * len(places), "/ledger/")]

    monkeypatch.setattr(queries, "touched_by", answers)
    response = client.get(reverse("units:kept", args=[unit("10001").pk]), {"on": REFORM})
    assert "Open cases 4" in seen(response)
    assert b'href="/ledger/"' in response.content


def test_the_map_shows_one_ground_under_the_units_of_either_day(client, admin, reform):
    Place.objects.update(lat=20.8, lon=106.6)
    address = reverse("units:map", args=[unit("31").pk])
    assert "units on the map" in seen(client.get(address, {"of": REFORM, "on": EVE})).lower()
    assert client.get(address, {"of": REFORM, "on": EVE}).context["count"] == 7
    assert client.get(address, {"of": REFORM, "on": REFORM}).context["count"] == 5


# ---- orders ------------------------------------------------------------------------------


def test_an_order_is_filed_previewed_signed_off_and_undone(client, admin, country):
    said = text("202", merge(["30", "31"], "31", "", "Hải Phòng", "province"))
    response = client.post(reverse("units:file"), {"text": said})
    order = Order.objects.get(number="202")
    assert response["Location"] == reverse("units:preview", args=[order.pk])
    page = seen(client.get(response["Location"]))
    assert "Nothing of this has happened yet" in page
    assert "Tỉnh Hải Dương 30 31 phường Hải Phòng" in page

    form = {"digest": order.digest, "seen": "on"}
    client.post(reverse("units:apply", args=[order.pk]), form)
    order.refresh_from_db()
    assert order.applied_on == timezone.localdate()
    assert order.applied_by == f"user {admin.pk}"
    assert queries.resolve("31", REFORM).opened_on == REFORM

    client.post(reverse("units:undo", args=[order.pk]), {"sure": "on"})
    assert queries.resolve("31", REFORM).opened_on == date(2023, 1, 1)
    assert [step.verb for step in Step.objects.filter(order=order).order_by("pk")] == [
        "applied",
        "undone",
    ]


def test_nothing_is_applied_unless_the_commander_says_that_he_has_read_it(client, admin, country):
    order = file("202", merge(["30", "31"], "31", "", "Hải Phòng", "province"))
    response = client.post(reverse("units:apply", args=[order.pk]), {"digest": order.digest})
    assert "There is something to mend" in seen(response, 422)
    order.refresh_from_db()
    assert order.applied_on is None


def test_an_order_filed_anew_since_it_was_read_is_not_applied(client, admin, country):
    order = file("202", merge(["30", "31"], "31", "", "Hải Phòng", "province"))
    seen_digest = order.digest
    file("202", merge(["30", "31"], "31", "", "Hải Đông", "province"))
    form = {"digest": seen_digest, "seen": "on"}
    response = client.post(reverse("units:apply", args=[order.pk]), form)
    assert "filed anew since you saw it" in seen(response, 422)
    order.refresh_from_db()
    assert order.applied_on is None


def test_a_faulty_order_names_each_fault_with_its_line_and_is_not_filed(client, admin, country):
    said = text("x", 'act = "merge"').replace("signed_on = 2020-01-01", "signed_on = 2030-01-01")
    page = seen(client.post(reverse("units:file"), {"text": said}), 422)
    assert "before it is signed" in page
    assert not Order.objects.filter(number="x").exists()


def test_an_order_that_the_map_contradicts_shows_its_faults_instead_of_a_preview(
    client, admin, country
):
    order = file("x", merge(["99999"], "99998", "31"))
    page = seen(client.get(reverse("units:preview", args=[order.pk])))
    assert "This order cannot be applied" in page
    assert "no unit had the code 99999" in page


def test_an_order_that_others_build_on_says_what_stands_in_the_way(client, admin, reform):
    order = reform["1669"]
    page = seen(client.get(reverse("units:undo", args=[order.pk])))
    assert "This order cannot be undone" in page
    assert "order 203 builds on it" in page
    assert "File a correcting order" in page


def test_the_beginning_of_the_map_is_no_order_of_any_office(client, admin, country):
    assert client.get(reverse("units:order", args=[country.pk])).status_code == 404
    assert "baseline" not in seen(client.get(reverse("units:orders")))


def test_orders_are_narrowed_by_their_state(client, admin, reform):
    file("later", merge(["11002"], "11009"), on=None)
    page = seen(client.get(reverse("units:orders"), {"state": "undated"}))
    assert "later" in page
    assert "1669" not in page


# ---- the proof ---------------------------------------------------------------------------


@pytest.fixture
def inhabited(reform, monkeypatch):
    """Three people in each place of the former communes."""
    counts = dict.fromkeys(Place.objects.values_list("pk", flat=True), 3)
    monkeypatch.setattr(people_queries, "people_by_place", lambda _on: counts)
    return reform


def test_the_proof_shows_the_equation_and_the_matrix_with_its_sums(client, admin, inhabited):
    page = seen(client.get(reverse("units:reconciliation", args=[inhabited["1669"].pk])))
    assert "Nobody is unaccounted for" in page
    before = 3 * Tenure.objects.filter(closed_by=inhabited["1669"]).count()
    assert f"{before} people before" in page
    assert "9 work list" in page  # the commune 10003 and its two groups wait


def test_the_proof_is_data_and_paper_too(client, admin, inhabited):
    pk = inhabited["1669"].pk
    data = client.get(reverse("units:reconciliation_json", args=[pk])).json()
    assert data["holds"]
    assert data["before"] == data["after"] + data["work_list"]
    paper = client.get(reverse("units:reconciliation_pdf", args=[pk]))
    assert paper.content.startswith(b"%PDF")


def test_the_equation_is_entered_in_the_log_once(client, admin, inhabited):
    address = reverse("units:reconciliation_log", args=[inhabited["1669"].pk])
    for _again in range(2):
        client.post(address)
    steps = Step.objects.filter(order=inhabited["1669"], verb="reconciled")
    assert [step.by for step in steps] == [f"user {admin.pk}"]


# ---- waiting places ----------------------------------------------------------------------


@pytest.fixture
def group(reform):
    return Place.objects.get(code="10003-1")


def step(client, order, place, **form):
    return client.post(reverse("units:place", args=[order.pk, place.pk]), form)


def test_one_commune_proposes_the_other_accepts_the_province_settles(
    client, sign_in, reform, group
):
    order, target = reform["1669"], unit("10001")
    proposer = sign_in("clerk", unit("10003"))
    step(client, order, group, step="propose", unit=target.pk, reason="minutes of 3 July")
    assert step(client, order, group, step="accept").status_code == 403
    accepter = sign_in("clerk", target)
    step(client, order, group, step="accept")
    assert step(client, order, group, step="settle").status_code == 403
    settler = sign_in("commander")
    step(client, order, group, step="settle")
    placed = Placement.objects.get(place=group)
    marks = placed.proposed_by, placed.accepted_by, placed.settled_by
    assert marks == tuple(f"user {user.pk}" for user in (proposer, accepter, settler))
    assert queries.unit_at(group.pk, REFORM).id == target.pk


def test_a_commune_that_is_not_concerned_has_no_say(client, sign_in, reform, group):
    sign_in("clerk", unit("11002"))
    form = {"step": "propose", "unit": unit("10001").pk, "reason": "ours"}
    assert step(client, reform["1669"], group, **form).status_code == 403
    assert "Propose" not in seen(
        client.get(reverse("units:place", args=[reform["1669"].pk, group.pk]))
    )


def test_a_commander_of_one_commune_does_not_decide_for_the_province(
    client, sign_in, reform, group
):
    sign_in("commander", unit("10003"))
    form = {"step": "decide", "unit": unit("10003").pk, "reason": "ours"}
    assert step(client, reform["1669"], group, **form).status_code == 403


def test_a_decision_without_a_reason_is_sent_back(client, admin, reform, group):
    form = {"step": "decide", "unit": unit("10001").pk, "reason": ""}
    assert "There is something to mend" in seen(step(client, reform["1669"], group, **form), 422)
    assert not Placement.objects.exists()


def test_the_work_list_shows_only_what_concerns_the_users_communes(client, sign_in, inhabited):
    sign_in("clerk", unit("11002"))
    assert "Nobody waits" in seen(client.get(reverse("units:waiting")))
    sign_in("clerk", unit("10001"))
    assert "Commune 10003" in seen(client.get(reverse("units:waiting"), {"ground": "all"}))


def test_a_table_settles_groups_in_one_go(client, admin, reform):
    table = SimpleUploadedFile(
        "groups.csv", b"old_code,group,new_code\n10003,10003-1,10001\n10003,10003-2,10003\n"
    )
    address = reverse("units:import", args=[reform["1669"].pk])
    response = client.post(address, {"file": table, "reason": "plan of 1 July"}, follow=True)
    assert "2 places settled" in seen(response)
    assert Placement.objects.filter(settled_on__isnull=False).count() == 2


def test_a_table_with_one_wrong_row_settles_nothing_and_names_the_row(client, admin, reform):
    table = SimpleUploadedFile(
        "groups.csv", b"old_code,group,new_code\n10003,10003-1,10001\n10003,10003-9,10001\n"
    )
    address = reverse("units:import", args=[reform["1669"].pk])
    page = seen(client.post(address, {"file": table, "reason": "plan"}), 422)
    assert "row 3: no place 10003-9 is known within 10003" in page
    assert not Placement.objects.exists()


def test_proposals_wait_in_the_work_of_who_may_answer_them(client, sign_in, reform, group):
    sign_in("clerk", unit("10003"))
    step(client, reform["1669"], group, step="propose", unit=unit("10001").pk, reason="map")
    sign_in("clerk", unit("10001"))
    assert "Proposed places wait for the other commune" in seen(client.get("/"))
    sign_in("doctor")
    assert "Proposed places" not in seen(client.get("/"))


# ---- boundaries --------------------------------------------------------------------------


def boundaries(*codes, ring=((106.5, 20.7), (106.7, 20.7), (106.6, 20.9), (106.5, 20.7))):
    features = [
        {"properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for code in codes
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    file = SimpleUploadedFile("wards.geojson", content)
    return {"file": file, "map_day": REFORM.isoformat(), "source": "Decree 1"}


def test_an_administrator_loads_boundaries_and_the_map_shows_them(client, admin, reform):
    Place.objects.update(lat=20.8, lon=106.6)
    UnitVersion.objects.update(lat=20.8, lon=106.6, area_km2=5)
    page = seen(client.post(reverse("units:boundaries"), boundaries("11002", "99999"), follow=True))
    assert "1 boundary loaded" in page
    assert "No unit had these codes on that day: 99999" in page
    response = client.get(reverse("units:map", args=[unit("31").pk]), {"on": REFORM})
    assert "1 unit has its boundary: Decree 1" in seen(response)
    assert response.content.count(b"<path class=") == 1 + 1  # the ward, and the scale


def test_a_file_that_is_no_geojson_is_sent_back_with_the_reason(client, admin, reform):
    form = boundaries() | {"file": SimpleUploadedFile("x.geojson", b"<xml/>")}
    assert "x.geojson: this is not GeoJSON" in seen(
        client.post(reverse("units:boundaries"), form), 422
    )


def test_boundaries_are_for_administrators(client, sign_in, reform):
    sign_in("commander")
    assert client.get(reverse("units:boundaries")).status_code == 403


# ---- an order typed in -------------------------------------------------------------------


def typed(*acts, **head):
    form = {
        "number": "77", "title": "Merge", "issuer": "Quốc hội", "tree": "government",
        "signed_on": "2025-06-01", "effective_on": "2025-07-01",
        "acts-TOTAL_FORMS": len(acts), "acts-INITIAL_FORMS": 0,
    } | head  # fmt: skip
    for n, act in enumerate(acts):
        form |= {f"acts-{n}-{word}": value for word, value in ({"level": "commune"} | act).items()}
    return form


MERGE = {
    "act": "merge", "units": "11001, 11002", "code": "11002", "name": "An Biên",
    "kind": "phường", "parent": "310",
}  # fmt: skip


def test_an_order_may_be_typed_act_by_act(client, admin, country):
    response = client.post(reverse("units:draft"), typed(MERGE, {"act": ""}))
    order = Order.objects.get(number="77")
    assert response["Location"] == reverse("units:preview", args=[order.pk])
    page = seen(client.get(response["Location"]))
    assert "Commune 11001 11001 11002 phường An Biên" in page


def test_a_typed_act_that_lacks_a_word_is_named_by_its_number(client, admin, country):
    page = seen(
        client.post(reverse("units:draft"), typed(MERGE, {"act": "rename", "units": "11003"})), 422
    )
    assert "act 2 the act lacks name" in page
    assert not Order.objects.filter(number="77").exists()


def test_one_more_act_keeps_what_was_typed(client, admin, country):
    response = client.post(reverse("units:draft"), typed(MERGE, step="more"))
    assert response.status_code == 200
    assert [form["units"].value() for form in response.context["acts"]] == ["11001, 11002", None]
    assert response.context["head"]["number"].value() == "77"
