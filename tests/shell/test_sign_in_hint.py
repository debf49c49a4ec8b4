"""A sign-in page tells accounts and their password only where a demonstration was played."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from muster.foundation.accounts.actions import give_post, open_account
from muster.foundation.accounts.models import Role
from muster.synthesis.rehearsal.actions.people import PASSWORD
from muster.synthesis.rehearsal.models import Done


@pytest.mark.django_db
def test_accounts_to_try_are_named_only_where_a_demonstration_was_played() -> None:
    user = open_account(username="ha.nguyen", name="Nguyễn Thị Hà", password=None)
    give_post(user=user, role=Role.CLERK, unit=None, valid_from=date(2024, 1, 1))
    address = reverse("account_login")
    assert "ha.nguyen" not in Client().get(address).content.decode()
    Done.objects.create(step="units", people=1, seconds=0.1)
    page = Client().get(address).content.decode()
    assert "ha.nguyen" in page
    assert PASSWORD in page
