"""What stays inside: notes, other bots, and everything that is said elsewhere."""

from __future__ import annotations

import pytest

from tests.e2e.office import Office

INTERNAL = "mute"


@pytest.mark.parametrize(
    "words",
    [
        "// she sounded upset",
        "//no space",
        "  // spaces first",
        "note: call her back",
        "NOTE: loud",
        "🔇 quiet",
        ":mute: quiet",
        "@Eli can you take this?",
        "@Threadline assign @Eli",
        "@here who knows her?",
        "@channel look",
    ],
)
async def test_note_stays_inside_and_says_so(team: Office, words: str) -> None:
    root = await team.open()

    ts = await team.say(root, words)
    await team.reacts(ts, INTERNAL)
    await team.say(root, "For her")

    await team.gets("For her")


async def test_call_to_everybody_in_bold_stays_inside(team: Office) -> None:
    root = await team.open()
    leaf = {"type": "broadcast", "range": "here", "style": {"bold": True}}
    section = {"type": "rich_text_section", "elements": [leaf, {"type": "text", "text": " is she angry?"}]}

    ts = team.workspace.core.stamps.next()
    message = {
        "type": "message",
        "user": team.dana.id,
        "ts": ts,
        "thread_ts": root,
        "text": "*<!here>* is she angry?",
    }
    team.workspace.core.post(team.sales, message | {"blocks": [{"type": "rich_text", "elements": [section]}]})

    await team.reacts(ts, INTERNAL)


async def test_post_of_another_bot_stays_inside(team: Office) -> None:
    zap = team.workspace.add_member("Zap", kind="bot")
    await team.workspace.join(team.sales, zap)
    root = await team.open()

    ts = await team.say(root, "Order 17 was shipped", zap)

    await team.reacts(ts, INTERNAL)
    await team.settled()
    assert team.phone() == []


async def test_thread_that_somebody_else_opened_is_left_alone(team: Office) -> None:
    own = await team.workspace.say(team.sales, team.dana, "Lunch?")

    ts = await team.say(own, "Pizza")
    await team.settled()

    assert team.workspace.reactions(team.sales, ts) == []
    assert team.textrequest.accepted() == []


async def test_words_outside_of_threads_are_left_alone(team: Office) -> None:
    root = await team.open()

    ts = await team.workspace.say(team.sales, team.dana, "Good morning")
    await team.say(root, "For her")

    await team.gets("For her")
    assert team.workspace.reactions(team.sales, ts) == []
