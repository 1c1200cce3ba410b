"""Readers with sign-in: who may do what, and what is tried too often."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the web reader's packages are not installed: pip install '.[web]'")

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from communique.cli import commands
from communique.web.app import application
from communique.web.settings import Settings

from .conftest import first_code, post

Browser = Callable[[], TestClient]
PASSWORD = "correct horse battery"


def signed_up(guarded: Browser, name: str) -> TestClient:
    client = guarded()
    answer = post(client, "/sign-up", name=name, password=PASSWORD, first_code=first_code(client))
    assert answer.status_code == 303
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
    client = guarded()
    answer = post(client, "/sign-up", name=name, password=password, first_code=first_code(client))
    assert answer.status_code in {400, 422}


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


@pytest.mark.parametrize("given", [{}, {"first_code": ""}, {"first_code": "0" * 16}])
def test_whoever_was_not_told_the_set_up_code_is_not_the_first(guarded: Browser, given: dict[str, str]) -> None:
    client = guarded()
    answer = post(client, "/sign-up", name="eve", password=PASSWORD, **given)
    assert answer.status_code == 403
    assert "set-up code" in answer.text
    assert first_code(client) not in answer.text + client.get("/sign-in").text
    signed_up(guarded, "anna")
    # All others need none, and are no admins.
    ben = guarded()
    assert post(ben, "/sign-up", name="ben", password=PASSWORD).status_code == 303
    assert ben.get("/api/me").json()["role"] == "reader"


def test_the_set_up_code_cannot_be_guessed_by_trying(guarded: Browser) -> None:
    client = guarded()
    codes = [post(client, "/sign-up", name="eve", password=PASSWORD, first_code=str(n)).status_code for n in range(21)]
    assert codes == [403] * 20 + [429]
    assert len(first_code(client)) >= 16


def test_a_set_up_code_is_another_each_time(archive: Path) -> None:
    codes = {application(Settings.of(archive, auth=True)).state.communique.first_code for _ in range(5)}
    assert len(codes) == 5


def test_a_token_made_without_sign_in_opens_nothing_with_it(archive: Path) -> None:
    with TestClient(application(Settings.of(archive)), base_url="http://localhost") as alone:
        page = post(alone, "/account/tokens", name="a script").text
        headers = {"Authorization": f"Bearer {re.findall('cq_[^<]+', page)[0]}"}
        assert alone.get("/api/me", headers=headers).json()["name"] == "local"
    with TestClient(application(Settings.of(archive, auth=True)), base_url="http://localhost") as guarded:
        assert guarded.get("/api/me", headers=headers).status_code == 401


@pytest.mark.parametrize(("others", "status"), [("2001:db8::", 429), ("2001:db8:0:1::", 403)])
def test_a_network_of_version_6_counts_as_one_who_tries(archive: Path, others: str, status: int) -> None:
    app = application(Settings.of(archive, auth=True))
    for number in range(20):
        client = TestClient(app, base_url="http://localhost", client=(f"2001:db8::{number:x}", 5000))
        assert post(client, "/sign-up", name="eve", password=PASSWORD).status_code == 403
    client = TestClient(app, base_url="http://localhost", client=(f"{others}ffff", 5000))
    assert post(client, "/sign-up", name="eve", password=PASSWORD).status_code == status


def test_whoever_starts_the_server_is_told_the_set_up_code_until_somebody_has_signed_up(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    apps: list[FastAPI] = []
    monkeypatch.setattr(uvicorn, "run", lambda app, **_: apps.append(app))
    commands.main(["serve", str(archive), "--auth"], standalone_mode=False)
    told = capsys.readouterr()
    assert apps[0].state.communique.first_code in told.err
    assert told.out == ""
    with TestClient(apps[0], base_url="http://localhost", follow_redirects=False) as client:
        signed_up(lambda: client, "anna")
    commands.main(["serve", str(archive), "--auth"], standalone_mode=False)
    assert "code" not in capsys.readouterr().err
