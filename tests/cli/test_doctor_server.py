"""What `threadline doctor` says of the running bot, here and from outside."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.doctor.server import local_url
from bot.serving import end
from bot.settings import Settings
from tests.cli.conftest import MARIA, Desk
from tests.e2e.office import office


@asynccontextmanager
async def answering(answer: Callable[[], web.Response]) -> AsyncIterator[int]:
    """A web server on loopback that gives every request this answer; its port."""

    async def handle(_: web.BaseRequest) -> web.Response:
        return answer()

    runner = web.ServerRunner(web.Server(handle))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield int(runner.addresses[0][1])
    await end(runner)


async def test_running_bot_is_found_here_and_from_outside(desk: Desk) -> None:
    async with office("office.db") as team:
        await team.bind()
        await team.start()
        desk.set(**{name.upper(): value for name, value in team.values().items()}, THREADLINE_ADMINS=team.dana.id)

        ran = await desk.types("doctor")

    assert (ran.code, ran.out.splitlines()[-1]) == (0, "All is well.")
    assert ran.line("Bot:") == f"✓ Bot: it runs here and is ready, at {team.url}"
    assert ran.line("Public address") == f"✓ Public address: {team.url} leads to the bot."
    assert "webhooks connected" in ran.line("“Sales”: webhooks")


async def test_running_bots_conversations_are_not_shown(desk: Desk) -> None:
    async with office("office.db") as team:
        await team.bind()
        await team.start()
        desk.set(**{name.upper(): value for name, value in team.values().items()})
        await team.say(await team.open("A secret of hers"), "A secret of ours")
        await team.gets("A secret of ours")

        ran = await desk.types("doctor")

    for private in ("secret of", "Maria", MARIA[2:], "155 550 134", "…0134"):
        assert private not in ran.out + ran.err
    assert "Queue:" in ran.out


async def test_bot_that_is_not_ready_is_wrong(desk: Desk) -> None:
    not_ready = {"database": True, "slack": False}
    async with answering(lambda: web.json_response(not_ready, status=503)) as port:
        desk.set(THREADLINE_PORT=str(port))

        ran = await desk.types("doctor")

    assert ran.code == 1
    assert ran.line("Bot:").startswith("✗ Bot: it runs here and is not ready: slack.")


@pytest.mark.parametrize("body", ["<html>", '"ok"', '{"status": "up"}'])
async def test_other_program_on_the_port_is_told(desk: Desk, body: str) -> None:
    async with answering(lambda: web.Response(text=body)) as port:
        desk.set(THREADLINE_PORT=str(port), THREADLINE_PUBLIC_URL="https://texts.example.com")

        ran = await desk.types("doctor")

    assert ran.code == 0
    assert ran.line("Bot:").startswith("! Bot: something else answers")
    assert ran.line("Public address").startswith("! Public address: not tried")


async def test_public_address_that_leads_elsewhere_is_to_be_looked_at(desk: Desk) -> None:
    ready = {"database": True, "slack": True}
    async with (
        answering(lambda: web.json_response(ready)) as port,
        answering(lambda: web.Response(status=502, text="Bad gateway")) as proxy,
    ):
        desk.set(THREADLINE_PORT=str(port), THREADLINE_PUBLIC_URL=f"http://127.0.0.1:{proxy}")

        ran = await desk.types("doctor")

    assert ran.code == 0
    assert "(status 502)" in ran.line("! Public address")


async def test_public_address_that_does_not_answer_is_to_be_looked_at(desk: Desk) -> None:
    ready = {"database": True, "slack": True}
    async with answering(lambda: web.json_response(ready)) as port:
        desk.set(THREADLINE_PORT=str(port), THREADLINE_PUBLIC_URL="http://127.0.0.1:9")

        ran = await desk.types("doctor")

    assert ran.code == 0
    assert "(no answer)" in ran.line("! Public address")


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8080"),
        ("0.0.0.0", "http://127.0.0.1:8080"),  # noqa: S104  # compared, not bound
        ("::", "http://[::1]:8080"),
        ("192.0.2.7", "http://192.0.2.7:8080"),
    ],
)
def test_bot_that_listens_everywhere_is_asked_on_loopback(host: str, url: str) -> None:
    assert local_url(Settings.explicit({"threadline_host": host})) == url
