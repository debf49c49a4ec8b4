"""Whoever signs in is led nowhere he may not go: every link shown to him answers."""

import re
from collections import deque
from collections.abc import Iterator
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from muster.synthesis.rehearsal.actions.people import ACCOUNTS, PASSWORD
from tests.demo.test_journeys import kind

pytestmark = pytest.mark.xdist_group("demo")

LINK = re.compile(r'<a\b[^>]*?\shref="([^"#]+)"')
EACH_KIND, MOST = 2, 160
CLOSED = {403, 404, 405, 500}


def entered(server: str, username: str) -> OpenerDirector:
    """A visitor who has signed in."""
    jar = CookieJar()
    visitor = build_opener(HTTPCookieProcessor(jar))
    door = f"{server}/sign-in/login/"
    visitor.open(door).read()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    words = {"csrfmiddlewaretoken": token, "login": username, "password": PASSWORD}
    visitor.open(door, urlencode(words).encode()).read()
    return visitor


def answers(visitor: OpenerDirector, server: str) -> Iterator[tuple[str, str, int]]:
    """Where a link stood, where it led and how it was answered; two links of each kind."""
    waiting, known = deque([("", f"{server}/")]), dict[str, int]()
    while waiting and sum(known.values()) < MOST:
        shown_on, address = waiting.popleft()
        sort = kind(urlsplit(address)._replace(scheme="", netloc="").geturl())
        if known.get(sort, 0) == EACH_KIND:
            continue
        known[sort] = known.get(sort, 0) + 1
        try:
            with visitor.open(address) as answer:
                status, page = answer.status, answer.read()
        except HTTPError as refused:
            status, page = refused.code, b""
        yield shown_on, address, status
        if b"<html" not in page[:200]:
            continue
        for found in LINK.findall(page.decode()):
            onward = urljoin(address, found.replace("&amp;", "&"))
            if onward.startswith(server):
                waiting.append((address, onward))


@pytest.mark.parametrize("username", [account[0] for account in ACCOUNTS])
def test_no_link_leads_to_a_closed_door(server: str, username: str) -> None:
    walked = list(answers(entered(server, username), server))
    assert len(walked) > 8
    assert not [each for each in walked if each[2] in CLOSED]
