"""Readers with sign-in: who may do what, and what is tried too often."""

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from .conftest import post

Browser = Callable[[], TestClient]
PASSWORD = "correct horse battery"


def signed_up(guarded: Browser, name: str) -> TestClient:
    client = guarded()
    assert post(client, "/sign-up", name=name, password=PASSWORD).status_code == 303
    return client


def test_nothing_is_shown_to_whoever_has_not_signed_in(guarded: Browser) -> None:
    client = guarded()
    for address in ("/articles", "/article/a-0000000000000001", "/download/events.csv", "/bookmarks", "/users"):
        answer = client.get(address)
        assert answer.status_code == 303, address
        assert answer.headers["location"].startswith("/sign-in?next=")
    answer = client.get("/api/events")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.get("/sign-in").status_code == 200


def test_the_first_is_admin_the_next_read_and_roles_are_given(guarded: Browser) -> None:
    anna, ben = signed_up(guarded, "anna"), signed_up(guarded, "ben")
    assert anna.get("/api/me").json()["role"] == "admin"
    assert ben.get("/api/me").json()["role"] == "reader"
    assert ben.get("/users").status_code == 403
    assert post(ben, "/correct/e-0000000000000001", field="record", after="true").status_code == 403
    assert ben.post("/api/code", json={"text": "x", "keep": True}, headers=token(ben)).status_code == 403
    key = str(ben.get("/api/me").json()["key"])
    assert post(ben, f"/users/{key}/role", role="admin").status_code == 403
    assert post(anna, f"/users/{key}/role", role="editor").status_code == 303
    assert post(ben, "/correct/e-0000000000000001", field="record", after="true").status_code == 303
    assert post(anna, f"/users/{key}/remove").status_code == 303
    assert ben.get("/articles").status_code == 303
    assert "ben" in anna.get("/corrections").text


def test_somebody_stays_who_may_do_everything(guarded: Browser) -> None:
    anna = signed_up(guarded, "anna")
    key = anna.get("/api/me").json()["key"]
    assert post(anna, f"/users/{key}/role", role="reader").status_code == 400
    assert post(anna, f"/users/{key}/remove").status_code == 400
    assert anna.get("/api/me").json()["role"] == "admin"


def test_signing_in_begins_a_session_of_a_new_secret_and_signing_out_ends_it(guarded: Browser) -> None:
    signed_up(guarded, "anna")
    client = guarded()
    client.get("/sign-in")
    before = client.cookies["communique"]
    answer = post(client, "/sign-in", name="Anna", password=PASSWORD, next="/events?type=AID")
    assert answer.headers["location"] == "/events?type=AID"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    secret = client.cookies["communique"]
    assert secret != before
    assert client.get("/articles").status_code == 200
    post(client, "/sign-out")
    client.cookies.set("communique", secret)
    assert client.get("/articles").status_code == 303


@pytest.mark.parametrize(("name", "password"), [("anna", "wrong password"), ("nobody", PASSWORD), ("local", "")])
def test_a_wrong_name_or_password_is_refused_alike(guarded: Browser, name: str, password: str) -> None:
    signed_up(guarded, "anna")
    answer = post(guarded(), "/sign-in", name=name, password=password or "x")
    assert answer.status_code == 403
    assert "Name or password is wrong." in answer.text


def test_guessing_is_slowed_down(guarded: Browser) -> None:
    signed_up(guarded, "anna")
    client = guarded()
    answers = [post(client, "/sign-in", name="anna", password=f"wrong {n}") for n in range(11)]
    assert [answer.status_code for answer in answers] == [403] * 10 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0


@pytest.mark.parametrize(
    ("name", "password"),
    [("anna", "short"), ("anna", "x" * 300), ("ANNA", PASSWORD), ("", PASSWORD), ("a\x00", PASSWORD)],
)
def test_no_user_of_a_taken_or_impossible_name_or_a_short_password(guarded: Browser, name: str, password: str) -> None:
    signed_up(guarded, "anna")
    assert post(guarded(), "/sign-up", name=name, password=password).status_code in {400, 422}


def token(client: TestClient) -> dict[str, str]:
    (secret,) = re.findall(r'<code class="secret">(cq_[\w-]+)</code>', post(client, "/account/tokens", name="t").text)
    return {"Authorization": f"Bearer {secret}"}


def test_a_token_lets_a_program_in_until_it_is_void(guarded: Browser) -> None:
    anna, program = signed_up(guarded, "anna"), guarded()
    header = token(anna)
    assert program.get("/api/events", headers=header).status_code == 200
    assert program.put("/api/bookmarks/e-0000000000000001", headers=header).status_code == 204
    assert program.get("/api/events", headers={"Authorization": "Bearer cq_wrong"}).status_code == 401
    assert header["Authorization"][7:] not in anna.get("/account").text
    (key,) = re.findall(r"/account/tokens/(\d+)/drop", anna.get("/account").text)
    post(anna, f"/account/tokens/{key}/drop")
    assert program.get("/api/events", headers=header).status_code == 401


def test_another_password_ends_all_sessions(guarded: Browser) -> None:
    anna, other = signed_up(guarded, "anna"), guarded()
    post(other, "/sign-in", name="anna", password=PASSWORD)
    assert post(anna, "/account/password", old="wrong", new="another long one").status_code == 403
    assert post(anna, "/account/password", old=PASSWORD, new="another long one").status_code == 303
    assert anna.get("/articles").status_code == 200
    assert other.get("/articles").status_code == 303


def test_what_one_keeps_another_does_not_see(guarded: Browser) -> None:
    anna, ben = signed_up(guarded, "anna"), signed_up(guarded, "ben")
    post(anna, "/bookmarks/e-0000000000000001")
    post(anna, "/notes/e-0000000000000001", text="mine alone")
    post(anna, "/tags/e-0000000000000001", tag="secret tag")
    post(anna, "/searches/events", name="my search")
    (key,) = re.findall(r'action="/note/(\d+)"', anna.get("/notes").text)[:1]
    assert ben.get("/api/bookmarks").json() == ben.get("/api/notes").json() == ben.get("/api/searches").json() == []
    assert "mine alone" not in ben.get("/notes").text
    assert "secret tag" not in ben.get("/bookmarks").text
    assert post(ben, f"/note/{key}", drop="true").status_code == 404
    assert post(ben, "/search/1", drop="true").status_code == 404
    assert len(anna.get("/api/notes").json()) == 1


def test_a_feed_is_read_by_its_secret_address_alone(guarded: Browser) -> None:
    anna, reader = signed_up(guarded, "anna"), guarded()
    post(anna, "/searches/events?type=ASSAULT", name="Assaults")
    (secret,) = re.findall(r"/feed/([\w-]+)\.atom", anna.get("/searches").text)
    assert reader.get(f"/feed/{secret}.atom").status_code == 200
    assert reader.get("/feed/guess.atom").status_code == 404
