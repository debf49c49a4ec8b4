"""Pages of decisions; addresses hold opaque names only. The posted lists and receipts are public."""

from django.urls import path

from muster.foundation.decisions.views import (
    complaints,
    councils,
    decided,
    disputes,
    law,
    postings,
    rounds,
    sittings,
    undoing,
)

app_name = "decisions"
urlpatterns = [
    path("", decided.decisions, name="list"),
    path("<uuid:uid>/", decided.decision, name="decision"),
    path("<uuid:uid>/paper/", decided.decision_paper, name="paper"),
    path("line/<uuid:uid>/", decided.line, name="line"),
    path("line/<uuid:uid>/paper/", decided.line_paper, name="line_paper"),
    path("line/<uuid:uid>/back/", undoing.take_back, name="take_back"),
    path("line/<uuid:uid>/complaint/", complaints.complain, name="complain"),
    path("receipt/<uuid:uid>/", decided.receipt, name="receipt"),
    path("receipt/<uuid:uid>/file/", decided.receipt_file, name="receipt_file"),
    path("law/", law.unconfirmed, name="law"),
    path("posted/", postings.posted, name="posted"),
    path("posted/<uuid:uid>/", postings.posting, name="posting"),
    path("posted/<uuid:uid>/notice/", postings.notice, name="notice"),
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/<uuid:uid>/", complaints.complaint, name="complaint"),
    path("disputes/", disputes.disputes, name="disputes"),
    path("disputes/mine/", disputes.mine, name="mine"),
    path("disputes/person/<uuid:uid>/", disputes.marks, name="marks"),
    path("disputes/wrong/", disputes.wrong, name="wrong"),
    path("disputes/<uuid:uid>/", disputes.lift, name="lift"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/<uuid:uid>/", rounds.one_round, name="round"),
    path("rounds/<uuid:uid>/sheet/", rounds.sheet, name="sheet"),
    path("sittings/", sittings.sittings, name="sittings"),
    path("sittings/send-on/", sittings.send_on, name="send_on"),
    path("sittings/<int:unit>/<slug:act>/", sittings.before_the_council, name="before"),
    path("sittings/<int:unit>/<slug:act>/open/", sittings.sit, name="sit"),
    path("sittings/<uuid:uid>/<slug:act>/ballot/", sittings.ballot, name="ballot"),
    path("councils/", councils.councils, name="councils"),
    path("councils/<int:body>/", councils.council, name="council"),
    path("signing/delegations/", councils.delegations, name="delegations"),
    path("names/<uuid:uid>/", sittings.contest, name="contest"),
    path("resolutions/<uuid:uid>/", sittings.resolution, name="resolution"),
    path("signing/", sittings.signing, name="signing"),
]
