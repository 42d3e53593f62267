"""`/dialler`'s campaigns: listed, shown, copied and deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.capabilities import RunsCampaigns
from bot.flows.commands.dialler.meant import the_campaign
from bot.flows.commands.listing import ask_first, cut_page, list_answer
from bot.flows.commands.provided import the_provider
from bot.flows.commands.turn import Turn, Verb
from bot.model import Campaign, NewDeed
from bot.views.answers import Answer, Choice, Item
from bot.views.dialler import campaign_about, campaign_words, result_line

ENGLISH = 1  # Source: https://wiki.jtel.de/x/rgMOAQ (languagesID)


async def every(turn: Turn) -> Answer | None:
    """`/dialler`: the campaigns."""
    page = cut_page(await the_provider(turn, RunsCampaigns).list_campaigns(), turn.asked.page)
    return list_answer(
        "Campaigns", page, lambda campaign: _item(turn, campaign), lambda other: turn.again(f"page={other}")
    )


async def show(turn: Turn) -> Answer | None:
    """`/dialler <campaign>`."""
    campaign = await the_campaign(turn)
    return Answer(campaign_about(campaign), (_item(turn, campaign),))


async def results(turn: Turn) -> Answer | None:
    """`/dialler results <campaign>`: how its calls may end."""
    campaign = await the_campaign(turn)
    codes = await the_provider(turn, RunsCampaigns).list_result_codes(campaign.id, ENGLISH)
    heading = f"How calls of {campaign_about(campaign)} may end"
    if not codes:
        return Answer(f"{heading}: nothing is set.")
    return Answer(heading, (Item("\n".join(result_line(code) for code in codes)),))


async def clone(turn: Turn) -> Answer | None:
    """`/dialler clone <from> <to>`: everything but the contacts."""
    source, name = await the_campaign(turn, "from"), turn.asked.value("to", str)
    data = turn.asked.find("data", str) or ""
    made = await the_provider(turn, RunsCampaigns).clone_campaign(source.name, name, data)
    # Their documentation shows the source's name in the answer. Source: https://wiki.jtel.de/x/rgMOAQ
    copy = replace(made, name=name)
    await _note(turn, "campaign_copied", copy)
    heading = f"Copied {campaign_about(source)} to {campaign_about(copy)}, without its contacts."
    return Answer(heading, (_item(turn, copy),))


async def delete(turn: Turn) -> Answer | None:
    """`/dialler delete <campaign>`: asks first."""
    campaign = await the_campaign(turn)
    if not turn.given.ask.sure:
        heading = (
            f"Delete {campaign_about(campaign)}, all its contacts and the history of their calls? "
            "There is no way back."
        )
        return ask_first(turn, heading, "Delete", f"delete #{campaign.id}")
    await the_provider(turn, RunsCampaigns).delete_campaign(campaign.id)
    await _note(turn, "campaign_deleted", campaign)
    return Answer(f"Deleted {campaign_about(campaign)} and all its contacts.")


def _item(turn: Turn, campaign: Campaign) -> Item:
    verbs = {"Contacts": "contacts", "Results": "results", "Delete": "delete"}
    choices = tuple(Choice(label, turn.again(f"{verb} #{campaign.id}")) for label, verb in verbs.items())
    return Item(campaign_words(campaign), choices)


async def _note(turn: Turn, what: str, campaign: Campaign) -> None:
    await turn.bridge.store.audit.add(NewDeed(turn.given.member.id, what, about=campaign_about(campaign)))


CAMPAIGNS: Mapping[str, Verb] = {"all": every, "show": show, "results": results, "clone": clone, "delete": delete}
