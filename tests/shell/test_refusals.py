"""What a rule refuses is answered with its sentence, not with a fault of the server."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from muster.kernel.errors import Refused
from muster.shell.refusals import RefusalMiddleware

SENTENCE = "The decision is dated before its resolution."


def answer(exception: Exception, referer: str = ""):
    request = RequestFactory().post("/x/", headers={"Referer": referer})
    request.user = AnonymousUser()
    return RefusalMiddleware(lambda _request: None).process_exception(request, exception)


def test_the_sentence_is_shown_with_the_way_back() -> None:
    page = answer(Refused(SENTENCE), "http://testserver/decisions/")
    assert page.status_code == 422
    assert SENTENCE in page.content.decode()
    assert 'href="http://testserver/decisions/"' in page.content.decode()


@pytest.mark.parametrize("referer", ["", "https://evil.example/", "javascript:alert(1)"])
def test_the_way_back_stays_in_the_house(referer: str) -> None:
    assert '<a class="btn" href="/">' in answer(Refused(SENTENCE), referer).content.decode()


def test_a_fault_of_ours_is_not_dressed_as_a_refusal() -> None:
    assert answer(ValueError("x")) is None
