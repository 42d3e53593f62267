"""`threadline doctor --live`: what it tries in a channel, and that nothing of it stays."""

from __future__ import annotations

import pytest

from bot.sandbox.trouble import Fault
from tests.cli.conftest import Desk, Ran
from tests.e2e.office import office


@pytest.fixture
def live(desk: Desk) -> Desk:
    """A desk whose Slack gives up on an unanswered event at once."""
    desk.workspace.rules.ack_timeout_s = 0.05
    desk.workspace.rules.retry_delays_s = (0.0, 0.05, 0.1)
    return desk


def left(desk: Desk) -> list[str]:
    """What the channel still shows of anybody."""
    return [desk.workspace.words(message) for message in desk.workspace.messages("sales")]


def steps(ran: Ran) -> list[str]:
    """The marks and first words of the lines."""
    return [line.partition(":")[0] for line in ran.out.splitlines() if line[:1] in "✓!✗"]


async def test_live_check_tries_everything_and_leaves_nothing(live: Desk) -> None:
    ran = await live.types("doctor", "--live", "#sales")

    assert (ran.code, ran.out.splitlines()[-1]) == (0, "All is well.")
    assert steps(ran) == [
        *("✓ Card", "✓ Reply", "✓ Reply", "✓ Reply", "✓ Reaction", "✓ File", "✓ Redelivery", "✓ Cleared up")
    ]
    assert left(live) == []
    assert live.textrequest.accepted() == []


async def test_live_check_says_first_what_it_will_do(live: Desk) -> None:
    ran = await live.types("doctor", "--live", "sales")

    assert ran.out.startswith("In #sales this will\n")
    assert ran.out.index("delete everything") < ran.out.index("✓ Card")


async def test_live_check_takes_a_channels_id(live: Desk) -> None:
    ran = await live.types("doctor", "--live", live.sales.id)

    assert ran.code == 0
    assert live.workspace.core.calls["chat.postMessage"] == 3


@pytest.mark.parametrize("place", ["#nowhere", "elsewhere", "old"])
async def test_live_check_begins_only_where_the_bot_can_post(live: Desk, place: str) -> None:
    live.workspace.add_channel("elsewhere", bot=False)
    live.workspace.add_channel("old", "Dana")
    await live.workspace.archive("old", "Dana")

    ran = await live.types("doctor", "--live", place)

    assert ran.code == 1
    assert f"The bot is in no open channel {place}" in ran.err
    assert live.workspace.core.calls["chat.postMessage"] == 0


async def test_live_check_tells_how_long_the_file_took(live: Desk) -> None:
    live.workspace.rules.share_delay_s = 0.02

    ran = await live.types("doctor", "--live", "sales")

    assert ran.line("File:").startswith("✓ File: uploaded, its message known ")
    assert left(live) == []


async def test_live_check_without_the_scopes_for_files_goes_on(live: Desk) -> None:
    live.workspace.app.scopes -= {"files:write"}

    ran = await live.types("doctor", "--live", "sales")

    assert ran.code == 1
    assert ran.line("File:") == "✗ File: Slack answered missing_scope."
    assert "✓ Redelivery" in steps(ran)


async def test_live_check_without_the_right_to_names_says_so(live: Desk) -> None:
    live.workspace.app.scopes -= {"chat:write.customize"}

    ran = await live.types("doctor", "--live", "sales")

    assert ran.code == 1
    assert "missing_scope" in ran.out or "✗ Reply: its username did not come back" in ran.out
    assert left(live) == []


async def test_live_check_that_breaks_off_clears_up(live: Desk) -> None:
    live.trouble.add(Fault(where="reactions.add", kind="error", error="restricted_action"))

    ran = await live.types("doctor", "--live", "sales")

    assert ran.code == 1
    assert steps(ran)[-2:] == ["✗ Stopped", "✓ Cleared up"]
    assert left(live) == []


async def test_live_check_names_what_it_could_not_delete(live: Desk) -> None:
    live.trouble.add(Fault(where="chat.delete", kind="error", error="cant_delete_message", times=0))
    live.trouble.add(Fault(where="files.delete", kind="error", error="cant_delete_file", times=0))

    ran = await live.types("doctor", "--live", "sales")

    told = [line for line in ran.out.splitlines() if line.startswith("✗ Cleared up: not ")]
    assert ran.code == 1
    assert len(told) == 5
    assert all(live.sales.id in line for line in told[1:])


async def test_live_check_beside_a_running_bot_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.doctor.redelivery.FIRST_S", 0.2)
    monkeypatch.setattr("bot.cli.doctor.redelivery.AGAIN_S", 0.2)
    async with office("office.db") as team:
        await team.bind()
        await team.start()
        desk.set(**{name.upper(): value for name, value in team.values().items()})

        ran = await desk.types("doctor", "--live", "sales")

        assert ran.code == 0
        assert "2 other connections are open" in ran.line("(the bot runs?)")
        assert team.workspace.messages("sales") == []


async def test_live_check_in_http_mode_leaves_redelivery_out(live: Desk) -> None:
    live.set(SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET="a-signing-secret")

    ran = await live.types("doctor", "--live", "sales")

    assert ran.code == 0
    assert ran.line("Redelivery").startswith("! Redelivery: not tried")


async def test_live_check_with_a_refused_app_token_stops_at_once(live: Desk) -> None:
    live.set(SLACK_APP_TOKEN="xapp-of-another")

    ran = await live.types("doctor", "--live", "sales")

    assert ran.code == 1
    assert ran.line("Stopped") == "✗ Stopped: Slack answered: invalid_auth."
    assert left(live) == []


async def test_event_that_never_comes_is_told(live: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.doctor.redelivery.FIRST_S", 0.05)
    live.workspace.rules.echo_own_posts = False

    ran = await live.types("doctor", "--live", "sales")

    assert ran.code == 0
    assert ran.line("Redelivery").startswith("! Redelivery: the event did not come here")


async def test_event_that_does_not_come_again_is_told(live: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.doctor.redelivery.AGAIN_S", 0.2)
    live.workspace.rules.retry_delays_s = ()

    ran = await live.types("doctor", "--live", "sales")

    assert ran.code == 0
    assert ran.line("Redelivery").startswith("! Redelivery: the event did not come again here")
