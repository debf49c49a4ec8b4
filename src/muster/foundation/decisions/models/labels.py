"""What codes are called: the acts that this slice knows, their outcomes, offices and levels."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Promise | str] = {
    "registration_call": _("Call to register"),
    "prescreening_call": _("Call to pre-screening"),
    "exam_call": _("Call to the health examination"),
    "call_up": _("Call-up for active service"),
    "quota": _("Quota of recruits"),
    "final_list": _("List of citizens called up"),
    "deferral": _("Deferral of call-up"),
    "exemption": _("Exemption from call-up"),
    "request_refusal": _("Request declined"),
    "removal": _("Removal from the register"),
    "health_conclusion": _("Conclusion on health"),
    "complaint_answer": _("Answer to a complaint"),
    "assessment_conclusion": _("Conclusion of the Medical Assessment Council"),
    "dispute_lifting": _("Disputed entry decided"),
    "sanction": _("Administrative sanction"),
}

OUTCOMES: dict[str, Promise | str] = {
    "called": _("called"),
    "deferred": _("deferred"),
    "exempt": _("exempt"),
    "refused": _("refused"),
    "not_deferred": _("not deferred"),
    "not_exempt": _("not exempt"),
    "listed": _("on the list"),
    "selected": _("selected"),
    "reserve": _("reserve"),
    "removed": _("removed"),
    "upheld": _("complaint upheld"),
    "rejected": _("complaint rejected"),
    "set_aside": _("set aside"),
    "withdrawn": _("withdrawn"),
    "punished": _("punished"),
}

#: Why a request is declined; no other reason is given.
REASONS: dict[str, Promise] = {
    "not_carried": _("the council did not carry the request"),
    "no_ground": _("by the facts shown the article does not hold for him"),
    "no_paper": _("the paper that the article asks for was not shown, or has lapsed"),
}

ROLES: dict[str, Promise] = {
    "chairman": _("Chairman of the People's Committee"),
    "commander": _("Commander of the Military Command"),
    "assessment_chair": _("Chair of the Medical Assessment Council"),
    "exam_chair": _("Chair of the Health Examination Council"),
    "council": _("Chair of the Military Service Council"),
    "health_station": _("Head of the health station"),
}

LEVELS: dict[str, Promise] = {
    "province": _("province"),
    "district": _("district"),
    "commune": _("commune"),
}

FULL_NAME = _("Full name")
BORN = _("Born")
BIRTH_YEAR = _("Year of birth")
RESIDENCE = _("Residence")
ARTICLE = _("Article")
OUTCOME = _("Outcome")

STATES: dict[str, Promise] = {
    "in_force": _("in force"),
    "undoing": _("undoes an earlier line"),
    "set_aside": _("set aside"),
    "corrected": _("corrected"),
    "withdrawn": _("withdrawn"),
}


#: Outcomes that only those read who hold the permission, and the man himself.
CLOSED: dict[str, str] = {}


def extend(
    *,
    kinds: Mapping[str, Promise | str] | None = None,
    outcomes: Mapping[str, Promise | str] | None = None,
    closed: Mapping[str, str] | None = None,
) -> None:
    """Let a slice name the kinds and outcomes that it decides; call it beside its models.

    `closed` names outcomes that are not everybody's to read, with the permission for each:
    such a line is on no export, and after `closed_outcome_days` on no page either.
    """
    KINDS.update(kinds or {})
    OUTCOMES.update(outcomes or {})
    CLOSED.update(closed or {})


def office(role: str, unit: str) -> str:
    """Who signs: an office and the unit whose office it is."""
    return gettext("%(role)s, %(unit)s") % {"role": label(ROLES, role), "unit": unit}


def label(words: Mapping[str, Promise | str], code: str) -> str:
    """What a code is called; a code of another slice stands for itself."""
    return str(words.get(code, code))
