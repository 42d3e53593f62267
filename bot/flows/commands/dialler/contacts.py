"""`/dialler`'s contacts: listed and shown, with the history of their calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.capabilities import KeepsDiallerContacts, RunsCampaigns
from bot.flows.commands.dialler.campaigns import ENGLISH
from bot.flows.commands.dialler.meant import called_by, key_of, the_campaign, the_contacts
from bot.flows.commands.listing import PAGE, cut_page, list_answer, read_page
from bot.flows.commands.provided import the_provider
from bot.flows.commands.turn import Turn, Verb
from bot.grammar import quote
from bot.markup import escape
from bot.model import Ask, CampaignId, DiallerCall, DiallerContact, DiallerKey
from bot.views.answers import Answer, Choice, Item
from bot.views.dialler import call_line, campaign_about, contact_about, contact_card, contact_words

ALL = "all"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


async def listed(turn: Turn) -> Answer | None:
    """`/dialler contacts <campaign|all>`."""
    of_all = turn.asked.find("campaign", str) == ALL
    campaign = None if of_all else await the_campaign(turn)
    contacts = the_provider(turn, KeepsDiallerContacts).list_dialler_contacts(campaign.id if campaign else None)
    page = await read_page(contacts, turn.asked.page)
    names = await campaign_names(turn) if campaign is None else {}
    place = ALL if campaign is None else f"#{campaign.id}"

    def item(contact: DiallerContact) -> Item:
        words = contact_words(contact, _campaign_of(contact, names), turn.zone)
        return Item(words, contact_choices(turn, contact))

    heading = "Contacts of all campaigns" if campaign is None else f"Contacts of {campaign_about(campaign)}"
    return list_answer(heading, page, item, lambda other: turn.again(f"contacts {place} page={other}"))


async def show(turn: Turn) -> Answer | None:
    """`/dialler contact <id|data:…>`: every contact that has the key."""
    found = await the_contacts(turn)
    shown, names = found[:PAGE], await campaign_names(turn)
    results = await _results(turn, shown)

    def item(contact: DiallerContact) -> Item:
        result = results.get(contact.result_code or 0, "")
        card = contact_card(contact, _campaign_of(contact, names), result, turn.zone)
        return Item(card, contact_choices(turn, contact))

    more = f"And {len(found) - PAGE} more with this key." if len(found) > PAGE else ""
    return Answer(_whose(turn, found), tuple(item(contact) for contact in shown), below=more)


async def history(turn: Turn) -> Answer | None:
    """`/dialler history <id|data:…>`: the calls to every contact that has the key, newest first."""
    key, found = key_of(turn), await the_contacts(turn)
    calls = await the_provider(turn, KeepsDiallerContacts).list_dialler_calls(key)
    names = {contact.id: contact_about(contact) for contact in found} if len(found) > 1 else {}

    def item(call: DiallerCall) -> Item:
        return Item(call_line(call, "" if call.contact is None else names.get(call.contact, ""), turn.zone))

    def other(page: int) -> Ask:
        return turn.again(f"history {_typed(key)} page={page}")

    newest_first = sorted(calls, key=lambda call: call.began_at or _LONG_AGO, reverse=True)
    return list_answer(f"Calls: {_whose(turn, found)}", cut_page(newest_first, turn.asked.page), item, other)


def contact_choices(turn: Turn, contact: DiallerContact) -> tuple[Choice, ...]:
    """What can be done with a contact. Whether it is locked nobody tells, so both ways are there."""
    verbs = ("lock", "unlock", "reset", "history")
    return tuple(Choice(verb.capitalize(), turn.again(f"{verb} #{contact.id}")) for verb in verbs)


async def campaign_names(turn: Turn) -> Mapping[CampaignId, str]:
    """How each campaign is called."""
    campaigns = await the_provider(turn, RunsCampaigns).list_campaigns()
    return {campaign.id: campaign_about(campaign) for campaign in campaigns}


def _campaign_of(contact: DiallerContact, names: Mapping[CampaignId, str]) -> str:
    return "" if contact.campaign is None else names.get(contact.campaign, "")


async def _results(turn: Turn, contacts: Sequence[DiallerContact]) -> Mapping[int, str]:
    """The labels of the results that these contacts have."""
    provider = the_provider(turn, RunsCampaigns)
    campaigns = {contact.campaign for contact in contacts if contact.result_code is not None}
    return {
        code.id: code.label
        for campaign in campaigns
        if campaign is not None
        for code in await provider.list_result_codes(campaign, ENGLISH)
    }


def _whose(turn: Turn, found: Sequence[DiallerContact]) -> str:
    return contact_about(found[0]) if len(found) == 1 else f"{len(found)} contacts {called_by(key_of(turn))}"


def _typed(key: DiallerKey) -> str:
    return f"#{key}" if isinstance(key, int) else escape(quote(f"data:{key}"))


CONTACTS: Mapping[str, Verb] = {"contacts": listed, "contact": show, "history": history}
