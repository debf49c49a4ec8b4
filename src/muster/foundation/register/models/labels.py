"""The register's words for fields and circumstances."""

from django.utils.translation import gettext_lazy as _

from muster.foundation.register.rules import CIRCUMSTANCES as ARTICLES

FIELDS = {
    "full_name": _("Full name"),
    "sex": _("Sex"),
    "birth_date": _("Date of birth"),
    "ethnicity": _("Ethnic group"),
    "citizen_number": _("Citizen number"),
    "old_number": _("Old identity number"),
    "father_name": _("Father"),
    "mother_name": _("Mother"),
    "occupation": _("Occupation"),
    "education_grade": _("Grade completed"),
    "place": _("Registered at"),
    "registered_on": _("First registered on"),
}

# What a citizen may ask to be corrected: a fact of his entry, or something that stands beside it.
WISHES = {
    **FIELDS,
    "residence": _("Residence"),
    "schooling": _("Schooling"),
    "employment": _("Work"),
    "circumstance": _("Circumstances"),
    "family": _("Family"),
}

# What a column of a list may fill.
COLUMNS = {
    **{name: label for name, label in FIELDS.items() if name != "place"},
    "commune_code": _("Commune (code)"),
    "commune_name": _("Commune"),
    "district_name": _("District"),
    "province_name": _("Province"),
    "group_name": _("Residential group"),
    "address": _("Address in words"),
    "residence_kind": _("Kind of residence"),
    "school": _("School"),
    "school_level": _("Level completed"),
    "parents": _("Both parents in one cell"),
    "source_id": _("Number in the list"),
}

# Each kind of `rules.CIRCUMSTANCES`.
CIRCUMSTANCES = {
    "prosecuted": _("Being prosecuted"),
    "serving_sentence": _("Serving a sentence"),
    "record_not_expunged": _("Criminal record not yet expunged"),
    "commune_education": _("Under education in the commune"),
    "compulsory_education": _("In a compulsory education establishment"),
    "compulsory_rehabilitation": _("In compulsory drug rehabilitation"),
    "rights_deprived": _("Deprived of the right to serve in the armed forces"),
    "disabled": _("Person with a disability"),
    "mental_illness": _("Mental illness"),
    "chronic_illness": _("Serious or chronic illness"),
    "sole_worker": _("Sole worker who supports relatives"),
    "family_damaged": _("Family heavily damaged by accident, disaster or epidemic"),
    "child_sick_soldier_61_80": _(
        "Child of a sick soldier or an Agent Orange victim, loss of 61 to 80 percent"
    ),
    "sibling_serving": _("Brother or sister on active service"),
    "resettled": _("Resettled within the first three years"),
    "special_area_posting": _("Posted to an area of special difficulty"),
    "permanent_militia": _("Permanent militia"),
    "child_martyr": _("Child of a martyr"),
    "child_invalid_1": _("Child of a war invalid of grade one"),
    "brother_martyr": _("Brother of a martyr"),
    "child_invalid_2": _("Child of a war invalid of grade two"),
    "child_sick_soldier_81": _(
        "Child of a sick soldier or an Agent Orange victim, loss of 81 percent or more"
    ),
    "cipher_staff": _("Non-military cipher staff"),
    "volunteer": _("Volunteers to serve"),
    "active_service": _("Active military service"),
    "police_service": _("Service in the People's Police"),
}

_CONCLUDED = _("Conclusion on health (art. 14)")


def circumstance(kind: str) -> str:
    """What a circumstance is called on a page: under article 14 the conclusion, never the illness."""
    if ARTICLES.get(kind) == "14":
        return str(_CONCLUDED)
    return str(CIRCUMSTANCES.get(kind, kind))
