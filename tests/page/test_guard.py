"""Who may use the page: browsers of this machine that opened it themselves."""

from __future__ import annotations

import pytest

from bot.sandbox.page.guard import own_name, same_origin
from bot.sandbox.page.scene import Scene
from bot.sandbox.page.server import PortTaken, serve
from bot.sandbox.server import NotLoopback
from tests.page.conftest import Visitor

READS = ("/", "/events", "/emoji.json", "/static/page.js", "/files/F1", "/texts/1/0", "/media/1/a.png")


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "localhost:9999", "[::1]:8765", "LOCALHOST:1"])
def test_names_of_this_machine_are_its_own(host: str) -> None:
    assert own_name(host)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8765", "10.0.0.5:8765", "", "[::1", "localhost.evil.example"]
)
def test_any_other_name_is_not(host: str) -> None:
    assert not own_name(host)


@pytest.mark.parametrize(
    ("origin", "welcome"),
    [
        (None, True),
        ("http://127.0.0.1:8765", True),
        ("http://localhost:8765", False),
        ("http://127.0.0.1:9000", False),
        ("https://evil.example", False),
        ("null", False),
    ],
)
def test_only_the_page_itself_gives_orders(origin: str | None, welcome: bool) -> None:
    assert same_origin(origin, "127.0.0.1:8765") is welcome


@pytest.mark.parametrize("path", READS)
async def test_request_under_a_foreign_name_is_refused(visitor: Visitor, path: str) -> None:
    status, _, body = await visitor.get(path, Host="evil.example:8765")

    assert status == 403
    assert b"Maria" not in body


async def test_act_from_another_site_is_refused_and_not_done(visitor: Visitor, scene: Scene) -> None:
    url = f"{visitor.address}/act/text"
    fields = {"number": "+14155550134", "words": "Hi"}

    async with visitor.session.post(url, json=fields, headers={"Origin": "https://evil.example"}) as answer:
        status = answer.status

    assert status == 403
    assert scene.sandbox.textrequest.log.all == []


async def test_act_that_a_form_of_another_site_could_send_is_refused(visitor: Visitor, scene: Scene) -> None:
    async with visitor.session.post(f"{visitor.address}/act/kill", data='{"a": 1}') as answer:
        status = answer.status

    assert status == 403
    assert scene.bot.state["state"] == "stopped"


async def test_act_of_the_page_itself_is_done(visitor: Visitor, scene: Scene) -> None:
    url = f"{visitor.address}/act/text"
    fields = {"number": "+14155550134", "words": "Hi"}

    async with visitor.session.post(url, json=fields, headers={"Origin": visitor.address}) as answer:
        status = answer.status

    assert status == 200
    assert [text.words for text in scene.sandbox.textrequest.log.all] == ["Hi"]


@pytest.mark.parametrize("path", ["/", "/static/base.css", "/emoji.json", "/nothing"])
async def test_every_answer_keeps_the_page_to_itself(visitor: Visitor, path: str) -> None:
    _, answer, _ = await visitor.get(path)

    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "::"])  # noqa: S104  # it must refuse to bind there
async def test_page_refuses_to_listen_for_other_machines(scene: Scene, host: str) -> None:
    with pytest.raises(NotLoopback):
        async with serve(scene, host, 0):
            pass


async def test_port_that_is_taken_is_named(scene: Scene, visitor: Visitor) -> None:
    taken = int(visitor.address.rpartition(":")[2])

    with pytest.raises(PortTaken, match=str(taken)):
        async with serve(scene, port=taken):
            pass


async def test_without_a_port_the_next_free_one_is_found(scene: Scene) -> None:
    async with serve(scene) as first, serve(scene) as second:
        ports = [int(address.rpartition(":")[2]) for address in (first, second)]

    assert ports[0] >= 8765
    assert ports[1] > ports[0]


async def test_no_web_page_can_use_the_remote_control(visitor: Visitor, scene: Scene) -> None:
    url = f"{scene.sandbox.url}/_sandbox/reset"

    async with visitor.session.post(url, json={}, headers={"Origin": "https://evil.example"}) as answer:
        status = answer.status

    assert status == 404
    assert scene.sandbox.workspace.member("Dana").name == "Dana"
