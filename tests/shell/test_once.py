"""A form sent twice because the answer was lost is done once."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from muster.shell.once import REMEMBERED, OnceMiddleware


class Office:
    """A view that counts what it did, behind the middleware, in one session."""

    def __init__(self, answer: HttpResponse) -> None:
        self.done = 0
        self.answer = answer
        self.session: dict[str, object] = {}
        self.handle = OnceMiddleware(self.view)

    def view(self, _request: HttpRequest) -> HttpResponse:
        self.done += 1
        return self.answer

    def send(self, token: str = "", method: str = "post") -> HttpResponse:
        headers = {"Once": token} if token else {}
        request = getattr(RequestFactory(), method)("/", headers=headers)
        request.session = self.session
        return self.handle(request)


def test_the_second_sending_is_led_to_the_same_place_and_does_nothing() -> None:
    office = Office(HttpResponseRedirect("/decisions/41/"))
    assert [office.send("a").headers["Location"] for _ in range(2)] == ["/decisions/41/"] * 2
    assert office.done == 1


def test_another_form_is_done_as_well() -> None:
    office = Office(HttpResponseRedirect("/x/"))
    office.send("a")
    office.send("b")
    assert office.done == 2


def test_a_form_with_faults_may_be_sent_again() -> None:
    office = Office(HttpResponse("mend this"))
    office.send("a")
    office.send("a")
    assert office.done == 2


def test_forms_without_a_token_and_plain_reading_are_left_alone() -> None:
    office = Office(HttpResponseRedirect("/x/"))
    for _ in range(2):
        office.send()
        office.send("a", method="get")
    assert office.done == 4


def test_the_session_remembers_a_few_and_no_more() -> None:
    office = Office(HttpResponseRedirect("/x/"))
    for at in range(REMEMBERED + 5):
        office.send(f"t{at}")
    assert len(office.session["accepted"]) == REMEMBERED
