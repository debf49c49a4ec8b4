"""A season from the source to the discharge, under the districts and under two levels."""

from datetime import date, timedelta

import pytest

from muster.domains.recruitment import actions, queries
from muster.domains.recruitment.actions import after, exam, moving, opening, source
from muster.domains.recruitment.models import Case, State
from muster.domains.recruitment.tests import playing
from muster.domains.recruitment.tests.conftest import SEATS, open_season
from muster.foundation.decisions.models import Decision, Line, Posting, Resolution
from muster.foundation.ledger.queries import audit
from muster.foundation.ledger import actions as ledger

pytestmark = pytest.mark.django_db


def test_smoke(season_2025):
    print(playing.draw_and_review(season_2025))
    print(playing.screen(season_2025))
    print(playing.examine(season_2025))
    print(playing.select(season_2025))
    print(queries.count_states(season_2025))
