"""What a rule refuses is answered with its sentence, not with a fault of the server."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from muster.kernel.errors import Refused
from muster.shell.middleware import RefusalMiddleware

SENTENCE = "The decision is dated before its resolution."


def answer(exception: Exception) -> HttpResponse | None:
    request = RequestFactory().post("/x/", headers={"Referer": "http://testserver/decisions/"})
    request.user = AnonymousUser()
    return RefusalMiddleware(lambda _request: HttpResponse()).process_exception(request, exception)


@pytest.mark.django_db
def test_the_sentence_is_shown_with_the_way_back() -> None:
    page = answer(Refused(SENTENCE))
    assert page.status_code == 422
    assert SENTENCE in page.content.decode()
    assert 'href="http://testserver/decisions/"' in page.content.decode()


def test_a_fault_of_ours_is_not_dressed_as_a_refusal() -> None:
    assert answer(ValueError("x")) is None
