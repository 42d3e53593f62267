"""A STOP that comes after the claim, while Slack is asked who wrote the reply, still counts."""

from __future__ import annotations

from tests.e2e.office import MARIA, Office

REFUSED = "no_entry_sign"


async def test_stop_between_claim_and_send_stops_the_text(team: Office) -> None:
    team.fault("textrequest.hook.contact_updated", "lose", times=0)
    root = await team.open()
    await team.settled()
    team.fault("users.info", "hold")
    ts = await team.say(root, "Our offer ends today")
    await team.see(lambda: team.trouble.held, "Slack asked who that is")

    await team.text("STOP")
    await team.settled_webhooks()
    team.textrequest.contact(team.dashboard, MARIA).opted_out_at = None  # the provider would take it
    team.trouble.release("users.info")

    await team.reacts(ts, REFUSED)
    assert team.textrequest.accepted() == []
