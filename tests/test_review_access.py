"""The rules of who may come in to the reviewers' application, and of what a browser may be made to do there."""

import re
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from extractor.review.desk import Desk
from extractor.review.web import make_app
from extractor.review.web.access import as_name, changes, checked_csrf, csrf_token, local_path, reviewer_of
from extractor.review.web.door import COOKIE, FORM, SLOW
from extractor.review.web.setup import Setup
from extractor.store import open_store
from tests.reviewing import GUARDED, HERE, OPEN, TOKEN, listening, stored

pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_store(str(tmp_path / "s.db")) as store:
        stored(store)
        yield Desk(store)


def application(desk: Desk, setup: Setup) -> FastAPI:
    """With pages of the test's own: what a form would carry, and one that changes something."""
    app = make_app(desk, setup)
    app.router.routes.insert(0, APIRoute("/form", form))
    app.router.routes.insert(0, APIRoute("/change", change, methods=["POST"], dependencies=[changes]))
    app.router.routes.insert(0, APIRoute("/bug", bug))
    return app


def form(request: Request) -> Response:
    return PlainTextResponse(f"{csrf_token(request)} {reviewer_of(request)}")


def change() -> Response:
    return PlainTextResponse("changed")


def bug() -> Response:
    raise AssertionError("/srv/secret/path")


def browser(desk: Desk, setup: Setup = OPEN, at: str = HERE, **how: Any) -> TestClient:
    return TestClient(application(desk, setup), base_url=at, follow_redirects=False, **how)


def visitor(desk: Desk, setup: Setup = GUARDED, name: str = "李雷", at: str = HERE) -> TestClient:
    """Somebody who has logged in."""
    client = browser(desk, setup, at)
    assert log_in(client, reviewer=name).status_code == 303
    return client


def log_in(client: TestClient, **said: str) -> httpx2.Response:
    return client.post("/login", data={"reviewer": "李雷", "token": TOKEN} | said)


def form_token(client: TestClient) -> str:
    return client.get("/form").text.split()[0]


def undo(client: TestClient, **headers: str) -> httpx2.Response:
    """A change over the JSON interface; here it changes nothing."""
    [one] = client.app.state.desk.page(wanted(client))  # type: ignore[attr-defined]
    return client.post(f"/api/documents/{one.document}/decisions", json={"action": "undo"}, headers=named(headers))


def wanted(client: TestClient) -> Any:
    from extractor.store.summaries import Wanted

    client.app.state.desk.refresh()  # type: ignore[attr-defined]
    return Wanted()


def named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


# without a token


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8765", "localhost:1", "LOCALHOST", "[::1]:8765"])
def test_without_a_token_this_machine_comes_in_under_its_own_name(desk: Desk, host: str) -> None:
    assert browser(desk).get("/api/documents", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8765", "", "[::1", "0.0.0.0"])  # fmt: skip
@pytest.mark.parametrize("path", ["/api/documents", "/form", "/login", "/static/style.css"])
def test_a_name_that_was_led_to_this_machine_is_refused(desk: Desk, host: str, path: str) -> None:
    """DNS rebinding: a page elsewhere gives its own name our address."""
    assert browser(desk).get(path, headers={"Host": host}).status_code == 421


def test_without_a_token_another_machine_is_refused_even_with_our_name(desk: Desk) -> None:
    assert browser(desk, client=("192.168.1.5", 50000)).get("/api/documents").status_code == 421


def test_an_empty_token_is_none_that_can_be_set() -> None:
    with pytest.raises(ValueError, match="keeps nobody out"):
        Setup("ann", " ")


# with a token


@pytest.mark.parametrize(
    "path", ["/", "/form", "/d/sha256:0", "/nothing", "//api/documents", "/apis", "/loginx", "/staticx"]
)
def test_a_page_leads_a_stranger_to_the_login(desk: Desk, path: str) -> None:
    reply = browser(desk, GUARDED).get(f"{HERE}{path}")

    assert reply.status_code == 303
    assert reply.headers["Location"].startswith("/login?next=%2F")


def test_the_login_leads_on_to_the_page_that_was_wanted(desk: Desk) -> None:
    client = browser(desk, GUARDED)
    there = client.get("/form?a=1&b=%E9%AB%98").headers["Location"]
    [wanted] = re.findall(r'name="next" value="([^"]*)"', client.get(there).text)

    assert log_in(client, next=wanted.replace("&amp;", "&")).headers["Location"] == "/form?a=1&b=%E9%AB%98"


@pytest.mark.parametrize("path", ["/api/documents", "/api/docs", "/api/openapi.json", "/api/nothing", "/api/"])
def test_the_json_interface_refuses_a_stranger_in_json(desk: Desk, path: str) -> None:
    reply = browser(desk, GUARDED).get(path)

    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"] == "Bearer"
    assert "log in" in reply.json()["error"]


def test_styles_and_the_login_are_for_everybody(desk: Desk) -> None:
    client = browser(desk, GUARDED)

    assert client.get("/static/style.css").status_code == 200
    assert client.get("/login").status_code == 200


def test_with_a_token_any_name_and_any_machine_will_do(desk: Desk) -> None:
    client = browser(desk, GUARDED, "http://review.example", client=("192.168.1.5", 50000))

    assert client.get("/api/documents", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_a_script_comes_in_with_the_token_and_is_told_nothing_about_a_wrong_one(desk: Desk) -> None:
    client = browser(desk, GUARDED)
    right = {"Authorization": f"bearer {TOKEN}"}

    assert client.get("/api/documents", headers=right).status_code == 200
    assert client.get("/form", headers=right).status_code == 303
    began = time.monotonic()
    wrong = client.get("/api/documents", headers={"Authorization": "Bearer corrëct".encode("latin-1")})
    assert time.monotonic() - began >= SLOW
    assert wrong.json() == client.get("/api/documents").json()


def test_a_token_may_be_of_any_letters(desk: Desk) -> None:
    client = browser(desk, replace(GUARDED, token="口令口令口令"))

    assert client.get("/api/documents", headers={"Authorization": "Bearer 口令口令口令".encode()}).status_code == 200
    assert log_in(client, token="口令口令口令").status_code == 303


@pytest.mark.parametrize("said", [{"token": "wrong"}, {"token": ""}, {"reviewer": " \u200b"}, {"token": TOKEN.upper()}])
def test_a_failed_login_takes_its_time_and_does_not_say_what_was_wrong(desk: Desk, said: dict[str, str]) -> None:
    client = browser(desk, GUARDED)
    began = time.monotonic()

    reply = log_in(client, **said)

    assert time.monotonic() - began >= SLOW
    assert reply.status_code == 401
    assert "check name and token" in reply.text
    assert "Set-Cookie" not in reply.headers
    assert TOKEN not in reply.text


def test_a_login_is_signed_with_the_name_that_was_given(desk: Desk) -> None:
    client = visitor(desk, name="  韩梅梅\x00\x1b[31m\u202e  Han ")

    assert client.get("/form").text.split(maxsplit=1)[1] == "韩梅梅[31m Han"


def test_the_cookie_is_for_no_script_no_other_site_and_after_https_for_https_alone(desk: Desk) -> None:
    plain = log_in(browser(desk, GUARDED)).headers["Set-Cookie"].lower()
    safe = log_in(browser(desk, GUARDED, "https://review.example")).headers["Set-Cookie"].lower()

    assert plain.startswith(COOKIE)
    assert "httponly" in plain
    assert "samesite=strict" in plain
    assert "secure" not in plain
    assert "; secure" in safe


def test_a_login_outlives_a_restart_but_not_another_token(desk: Desk) -> None:
    cookies = {COOKIE: visitor(desk).cookies[COOKIE]}

    assert browser(desk, GUARDED, cookies=cookies).get("/form").status_code == 200
    assert browser(desk, replace(GUARDED, token="another"), cookies=cookies).get("/form").status_code == 303


def test_a_cookie_of_a_server_without_token_opens_none_with_one(desk: Desk) -> None:
    client = browser(desk)
    client.post("/reviewer", data={"reviewer": "Eve", "csrf": form_token(client)})

    assert browser(desk, GUARDED, cookies={COOKIE: client.cookies[COOKIE]}).get("/form").status_code == 303


@pytest.mark.parametrize(
    "cookie", ["", "x", "eyJ2aXNpdCI6ICJ4In0=", "eyJ2aXNpdCI6ICJ4In0=.a.b", "...", "é.é.é", "\x7f", "null"]
)
def test_a_cookie_that_we_did_not_sign_is_none(desk: Desk, cookie: str) -> None:
    reply = browser(desk, GUARDED).get("/form", headers={"Cookie": f"{COOKIE}={cookie}".encode("latin-1")})

    assert reply.status_code == 303


def test_after_the_logout_the_browser_has_no_cookie(desk: Desk) -> None:
    client = visitor(desk)

    reply = client.post("/logout", data={"csrf": form_token(client)})

    assert reply.status_code == 303
    assert not client.cookies
    assert client.get("/form").status_code == 303


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "javascript:alert(1)",
        "///evil.example", "/\n//evil.example", " //evil.example", "evil.example", "", "/%0d%0aSet-Cookie: a=b\r\nX: y",
    ],
)  # fmt: skip
def test_the_login_leads_to_no_other_server(desk: Desk, elsewhere: str) -> None:
    client = browser(desk, GUARDED)

    assert log_in(client, next=elsewhere).headers["Location"] == "/"
    assert client.get("/login", params={"next": elsewhere}).headers["Location"] == "/"
    assert local_path("/d/sha256:0?x=//y") == "/d/sha256:0?x=//y"


def test_what_the_login_page_repeats_is_text_and_no_markup(desk: Desk) -> None:
    page = browser(desk, GUARDED).get("/login", params={"next": '/"><script>alert(1)</script>'}).text

    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_login_speaks_the_browsers_language(desk: Desk) -> None:
    client = browser(desk, GUARDED)

    assert "访问口令" in client.get("/login", headers={"Accept-Language": "fr, zh-TW;q=0.9, en;q=0.8"}).text
    assert "Token" in client.get("/login", headers={"Accept-Language": "en-GB,zh"}).text


def test_who_follows_a_link_from_elsewhere_is_asked_again_with_their_cookie(desk: Desk) -> None:
    """A strict cookie does not come along from another site; it does once our own page asks."""
    stranger = browser(desk, GUARDED).get("/login?next=/form", headers={"Sec-Fetch-Site": "cross-site"})

    assert stranger.headers["Refresh"] == "0"
    assert visitor(desk).get("/login?next=/form").headers["Location"] == "/form"


def test_the_token_is_nowhere_to_be_read(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    client = browser(desk, GUARDED)
    replies = [log_in(client), log_in(client, token="no"), client.get("/form"), client.get("/api/docs")]

    assert not any(TOKEN in f"{reply.text}{reply.headers}{reply.url}" for reply in replies)
    assert TOKEN not in repr(GUARDED)
    assert TOKEN not in "".join(capfd.readouterr())


# changes


@pytest.mark.parametrize("setup", [OPEN, GUARDED])
def test_a_change_needs_the_token_of_the_page(desk: Desk, setup: Setup) -> None:
    client = visitor(desk) if setup.token else browser(desk)
    token = form_token(client)

    assert client.post("/change").status_code == 403
    assert client.post("/change", data={"csrf": "x"}).status_code == 403
    assert client.post("/change", data={"csrf": token[:-1]}).status_code == 403
    assert client.post("/change", headers={"X-CSRF-Token": "é".encode("latin-1")}).status_code == 403
    assert client.post("/change", files={"csrf": ("a", token)}).status_code == 403
    assert client.post("/change", data={"csrf": token}).text == "changed"
    assert client.post("/change", headers={"X-CSRF-Token": token}).text == "changed"


def test_the_token_of_one_visitor_is_none_for_another(desk: Desk) -> None:
    token = form_token(visitor(desk, name="ann"))

    assert visitor(desk, name="eve").post("/change", data={"csrf": token}).status_code == 403


def test_every_route_that_changes_something_asks_for_the_token(desk: Desk) -> None:
    """But the login, which asks for more, and the JSON interface, which the door looks after."""
    app = make_app(desk, OPEN)
    unchecked = [
        context.path
        for context in all_routes(app)
        if context.methods - {"GET", "HEAD", "OPTIONS"} and not context.path.startswith("/api/")
        if checked_csrf not in [one.call for one in context.dependant.dependencies]
    ]

    assert unchecked == ["/login"]


def all_routes(app: FastAPI) -> Iterator[Any]:
    from fastapi.routing import iter_route_contexts

    for context in iter_route_contexts(app.routes):
        if hasattr(context, "dependant"):
            yield context


CROSS_SITE = {
    "fetch says so": {"Sec_Fetch_Site": "cross-site"},
    "another port": {"Sec_Fetch_Site": "same-site"},
    "origin": {"Origin": "https://evil.example"},
    "origin with our name in it": {"Origin": "http://127.0.0.1:8765.evil.example"},
    "origin on another port": {"Origin": "http://127.0.0.1:1"},
    "hidden origin": {"Origin": "null"},
    "no origin at all": {"Origin": "http://[::1"},
}


@pytest.mark.parametrize("how", CROSS_SITE)
def test_a_change_that_another_site_asks_for_is_refused_whatever_it_brings_along(desk: Desk, how: str) -> None:
    client = browser(desk)
    token = form_token(client)

    assert undo(client, X_CSRF_Token=token, **CROSS_SITE[how]).status_code == 403
    guarded = browser(desk, GUARDED)
    assert undo(guarded, Authorization=f"Bearer {TOKEN}", **CROSS_SITE[how]).status_code == 403


@pytest.mark.parametrize("how", sorted(set(CROSS_SITE) - {"hidden origin"}))
def test_a_form_that_another_site_sends_is_refused(desk: Desk, how: str) -> None:
    client = browser(desk)

    assert client.post("/change", data={"csrf": form_token(client)}, headers=named(CROSS_SITE[how])).status_code == 403
    assert client.post("/login", data={}, headers=named(CROSS_SITE[how])).status_code == 403


def test_a_form_of_our_own_page_hides_its_origin_and_is_taken(desk: Desk) -> None:
    """Where the policy is to send no referrer, browsers send `Origin: null` with forms."""
    client = browser(desk)
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}

    assert client.post("/change", data={"csrf": form_token(client)}, headers=headers).status_code == 200


def test_a_script_on_this_machine_needs_no_form_token_and_a_browser_does(desk: Desk) -> None:
    client = browser(desk)
    token = form_token(client)

    assert undo(client).status_code == 200
    assert undo(client, Origin=HERE).status_code == 403
    assert undo(client, Sec_Fetch_Site="same-origin").status_code == 403
    assert undo(client, Origin=HERE, Sec_Fetch_Site="same-origin", X_CSRF_Token=token).status_code == 200
    client.post("/reviewer", data={"reviewer": "eve", "csrf": token})
    assert undo(client).status_code == 403
    assert undo(client, X_CSRF_Token=token).status_code == 200


def test_with_a_cookie_a_change_needs_the_form_token_and_with_the_bearers_token_it_does_not(desk: Desk) -> None:
    client = visitor(desk)

    assert undo(client).status_code == 403
    assert undo(client, X_CSRF_Token="x").status_code == 403
    assert undo(client, X_CSRF_Token=form_token(client)).status_code == 200
    assert undo(client, Authorization=f"Bearer {TOKEN}").status_code == 200


def test_a_visitor_gives_their_name_and_takes_it_back(desk: Desk) -> None:
    client = browser(desk)
    token = form_token(client)
    assert client.get("/form").text.endswith(" ann")

    assert (
        client.post("/reviewer", data={"reviewer": "bob", "csrf": token, "next": "//evil"}).headers["Location"] == "/"
    )
    assert client.get("/form").text.endswith(" bob")
    client.post("/reviewer", data={"reviewer": " ", "csrf": token})
    assert client.get("/form").text.endswith(" ann")


def test_a_name_is_one_short_line() -> None:
    assert as_name("a\nb\r\n\x1b[0m\x00c\ud800\u2066") == "a b [0mc"
    assert as_name("长" * 100) == "长" * 60


# what every answer says


@pytest.mark.parametrize("path", ["/form", "/api/documents", "/api/nothing", "/api/docs", "/nothing", "/login", "/static/style.css"])  # fmt: skip
def test_every_answer_shuts_out_other_sites(desk: Desk, path: str) -> None:
    headers = browser(desk).get(path).headers

    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Resource-Policy"] == headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == ("no-cache" if path.startswith("/static/") else "no-store")
    assert "Access-Control-Allow-Origin" not in headers


def test_refusals_say_the_same(desk: Desk) -> None:
    for reply in (
        browser(desk, GUARDED).get("/"),
        browser(desk, GUARDED).get("/api/documents"),
        browser(desk).get("/", headers={"Host": "evil.example"}),
        browser(desk).post("/change", content=b"x" * (FORM + 1)),
    ):
        assert reply.headers["X-Frame-Options"] == "DENY"
        assert reply.headers["Cache-Control"] == "no-store"


def test_a_style_sheet_that_has_not_changed_is_not_sent_again(desk: Desk) -> None:
    client = browser(desk)
    tag = client.get("/static/style.css").headers["ETag"]

    assert client.get("/static/style.css", headers={"If-None-Match": tag}).status_code == 304


def test_a_bug_is_told_to_the_log_and_not_to_the_visitor(desk: Desk) -> None:
    reply = browser(desk, raise_server_exceptions=False).get("/bug")

    assert reply.status_code == 500
    assert "secret" not in reply.text
    assert "Traceback" not in reply.text
    assert reply.headers["X-Frame-Options"] == "DENY"
    with pytest.raises(AssertionError):
        browser(desk).get("/bug")


# sizes and paths


def test_a_form_that_is_too_long_is_refused_whether_it_says_so_or_not(desk: Desk) -> None:
    client = browser(desk)
    long = b"csrf=" + b"x" * FORM
    form_type = {"Content-Type": "application/x-www-form-urlencoded"}

    assert client.post("/change", content=long, headers=form_type).status_code == 413
    assert client.post("/change", content=iter([long[:1000], long]), headers=form_type).status_code == 413


@pytest.mark.parametrize(
    "path",
    ["/static/../access.py", "/static/%2e%2e/access.py", "/static/..%2f..%2fdesk.py", "/static//etc/passwd", "/static/%2e%2e%5caccess.py"],
)  # fmt: skip
def test_nothing_beside_the_static_files_is_given_out(desk: Desk, path: str) -> None:
    """As bytes on a socket: a client library would tidy the path up."""
    with listening(make_app(desk, OPEN)) as client:
        reply = raw(client, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")

    assert re.match(rb"HTTP/1.1 404", reply)
    assert b"import" not in reply


def test_a_stranger_cannot_make_the_server_read_what_they_send(desk: Desk) -> None:
    with listening(make_app(desk, GUARDED)) as client:
        reply = raw(client, "POST /api/documents HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\n\r\n")

    assert reply.startswith(b"HTTP/1.1 401")


def raw(client: httpx2.Client, said: str) -> bytes:
    with socket.create_connection((client.base_url.host, client.base_url.port or 80), timeout=10) as connection:
        connection.sendall(said.encode())
        reply = b""
        while piece := connection.recv(65536):
            reply += piece
        return reply
