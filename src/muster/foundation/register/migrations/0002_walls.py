"""Closes every table with a person, lets what is kept of him follow his place, and opens it to himself.

A row's pair (person, place) is a key of the person's row: the two cannot differ, and moving
the person moves all that is kept of him, in one statement. After a merge a citizen sees the
entry that stands, too.
"""

from django.db import migrations

from muster.shell.promises import follows
from muster.shell.rls import HIMSELF, PLACES, UNITS, USER, asking, close, close_with, own, protect

FOLLOWING = (
    "residence", "schooling", "employment", "circumstance", "act", "reading",
    "notice", "access", "request", "certificate",
)  # fmt: skip
CLOSED = (*FOLLOWING, "person", "persontoken", "registration", "errand")
ABOUT_HIM = (*(table for table in FOLLOWING if table != "access"), "registration", "transfer")

BOTH_PLACES = f"left_place_id = {PLACES} and right_place_id = {PLACES}"
EITHER_PLACE = f"from_place_id = {PLACES} or to_place_id = {PLACES}"
ITS_OFFICE = f"unit_id = {UNITS}"
ITS_SENDER = f"by_id = {USER}"
ERASING = "current_setting('muster.erasing', true) = 'on'"

HIS_ENTRIES = f"""
    select array_agg(person_id) || array_agg(survivor_id) from register_access
    where user_id = {USER} and closed_on is null
"""


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0001_initial"),
        ("units", "0003_walls"),
    ]

    operations = [
        *(follows(f"register_{table}", "register_person") for table in FOLLOWING),
        *(
            follows(
                "register_pair", "register_person",
                key=f"{side}_id", place=f"{side}_place_id", name=f"{side}_follows_person",
            )
            for side in ("left", "right")
        ),
        *(protect(f"register_{table}") for table in CLOSED),
        close("register_pair", BOTH_PLACES),  # two offices' pair is the province's
        close_with("register_pairdecision", "pair_id", "register_pair"),
        close("register_transfer", EITHER_PLACE),
        close("register_export", f"asked_by_id = {USER} or {ITS_OFFICE}"),
        close_with("register_exportstep", "export_id", "register_export"),
        # Nobody else in the province reads a list that was sent; the retention job ends it.
        close("register_upload", ITS_SENDER, wide=f"{ITS_SENDER} or {ERASING}"),
        close("register_filing", ITS_OFFICE),
        own("register_access", f"user_id = {USER}"),
        asking("muster_own", "bigint[]", HIS_ENTRIES),
        own("register_person", f"id = {HIMSELF}"),
        *(own(f"register_{table}") for table in ABOUT_HIM),
    ]
