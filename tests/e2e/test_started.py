"""A text that a member starts outside a thread, from end to end."""

from __future__ import annotations

from bot.model import LineId, MemberId, Number, Started
from tests.e2e.office import MARIA, Office

TICK = "white_check_mark"


async def _start(team: Office, words: str, key: str = "command:1") -> None:
    assert team.running is not None
    started = Started(key=key, line=LineId(1), to=Number(MARIA), words=words, author=MemberId(team.dana.id))
    await team.running.bridge.store.started.accept(started)


async def test_started_text_reaches_the_phone_and_is_ticked_where_the_thread_shows_it(team: Office) -> None:
    await _start(team, "Your order is *ready* @here")

    await team.gets("Your order is *ready* @here")
    root = (await team.see(lambda: team.roots(MARIA), "a thread"))[0]["ts"]
    said = await team.notice(root, "Your order is *ready* @here")
    await team.reacts(said["ts"], TICK)
    assert "Dana" in team.workspace.words(said)


async def test_answer_to_a_started_text_comes_into_its_thread(team: Office) -> None:
    await _start(team, "Your order is ready")
    root = (await team.see(lambda: team.roots(MARIA), "a thread"))[0]["ts"]
    await team.notice(root, "Your order is ready")

    await team.text("Great, thanks")

    await team.notice(root, "Great, thanks")
    assert len(team.roots(MARIA)) == 1
