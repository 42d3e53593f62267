"""A contact's text becomes a message in their thread; a member's reply becomes a text.

Promise 1 (in): `receive_text` returns once the text is on disk.
Promise 2 (out): `send` hands a text to the provider at most once for each claim; `refusal` is the single
choke point in front of it. Promise 5: nobody but a full member passes it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass, replace
from functools import partial

from bot.bridge import Bridge
from bot.capabilities import AsksLocations, ListsTexts, Provider, SendsTexts
from bot.errors import SlackError
from bot.flows import alerts, gone
from bot.flows.abilities import with_buttons
from bot.flows.cards.drawing import draw_card
from bot.flows.configured import not_configured
from bot.markup import is_blank, mentioned_members, with_names
from bot.model import (
    Accepted,
    ChannelId,
    Claim,
    Conversation,
    Kind,
    Member,
    MemberId,
    MemberKind,
    Message,
    OutgoingText,
    Post,
    SentText,
    TextLimit,
    TextReceived,
    Ts,
    Wish,
)
from bot.optout import opt_in_word, opt_out_word
from bot.providers import title_of
from bot.segments import fits
from bot.views import notices, thread

log = logging.getLogger(__name__)

Place = tuple[ChannelId, Ts]

NO_WAY_BACK = "The location could not come in: an admin sets THREADLINE_PUBLIC_URL, the address of this bot."
CARRIED_OVER = 5  # messages that a new thread shows of the one before


async def receive_text(bridge: Bridge, event: TextReceived) -> Accepted:
    """Put a contact's text on disk; the worker mirrors it."""
    provider = bridge.providers.get(event.provider)
    says = isinstance(provider, ListsTexts) and provider.tells_opt_outs
    return await bridge.store.texts.accept(event, wish_of(event.body, provider_says=says))


def wish_of(body: str, *, provider_says: bool) -> Wish:
    """What the words say about texts to the contact. What the provider knows only the provider lifts, unless it
    never says: then their START counts, and the provider refuses the next text if it sees that otherwise. Pure."""
    if opt_out_word(body):
        return Wish.STOP
    if not opt_in_word(body):
        return Wish.NONE
    return Wish.START if provider_says else Wish.START_ALL


# --- Towards Slack --------------------------------------------------------------------------------------


async def mirror(bridge: Bridge, claim: Claim) -> Place:
    """Post what the row says; where it stands. Raises `SlackError`.

    What Slack refuses for its look is posted as words alone, and what it refuses for its words as a sentence of
    ours, so that nothing behind it waits for ever."""
    post = await _post_of(bridge, claim)
    channel, root = await _place_for(bridge, claim)
    put = partial(bridge.slack.post, channel, uid=claim.message.uid, thread_ts=root)
    refused = ""
    for plainer in (_without_look, _stand_in):
        try:
            return channel, await put(post)
        except SlackError as error:
            instead = plainer(claim, post) if gone.content_refused(error) else None
            if instead is None:
                raise
            post, refused = instead, error.code
            log.warning("message %d: Slack answered %s; posting it plainer", claim.message.id, refused)
    place = channel, await put(post)
    await alerts.not_shown(bridge, claim, refused)
    return place


def _without_look(_: Claim, post: Post) -> Post:
    return replace(post, blocks=())


def _stand_in(claim: Claim, _: Post) -> Post | None:
    """What is posted when Slack takes neither look nor words; None for an alert, which is nobody's text."""
    if claim.conversation is None:
        return None
    return thread.stand_in(claim.conversation, claim.message, title_of(claim.conversation.line.provider))


async def _place_for(bridge: Bridge, claim: Claim) -> tuple[ChannelId, Ts | None]:
    """A root card or an alert opens a thread, everything else goes into one."""
    if claim.conversation is None or claim.message.kind == Kind.ROOT:
        return await channel_of(bridge, claim), None
    return place_of(claim.conversation)


async def channel_of(bridge: Bridge, claim: Claim) -> ChannelId:
    """The channel of a root card or an alert; the direct message when the alert goes to an admin."""
    if claim.conversation is not None:
        return claim.conversation.line.channel
    destination = claim.message.channel or ChannelId("")
    if destination.startswith(("U", "W")):
        return await bridge.slack.open_dm(MemberId(destination))
    return destination


def place_of(conversation: Conversation) -> Place:
    """Channel and root of the thread. Raises `SlackError` when there is none any more."""
    if conversation.root_channel is None or conversation.root_ts is None:
        raise SlackError("thread_not_found")
    return conversation.root_channel, conversation.root_ts


async def _post_of(bridge: Bridge, claim: Claim) -> Post:
    conversation = claim.conversation
    if conversation is None or claim.message.kind == Kind.CARD:
        return await _elsewhere(bridge, claim.message)
    match claim.message.kind:
        case Kind.ROOT:  # the root of a line that moved is still the one in its former channel
            return await draw_root(bridge, replace(conversation, root_channel=None, root_ts=None))
        case Kind.TEXT | Kind.LOCATION:
            return thread.theirs(conversation, claim.message)
        case Kind.SAID:
            return thread.said(conversation, claim.message)
        case Kind.ECHO:
            return thread.echo(conversation, claim.message, title_of(conversation.line.provider))
        case _:
            return await draw_notice(bridge, conversation, claim.message)


async def _elsewhere(bridge: Bridge, message: Message) -> Post:
    return await draw_card(bridge, message) if message.kind == Kind.CARD else notices.alert(message)


async def draw_notice(bridge: Bridge, conversation: Conversation, message: Message) -> Post:
    """A notice as it should stand now."""
    return notices.notice(conversation, await readable(bridge, message))


async def readable(bridge: Bridge, message: Message) -> Message:
    """A row with a member's words, with names for their mentions where Slack tells them. Of notices those have
    some that quote an edit; what others quote comes from outside."""
    if message.kind not in (Kind.REPLY, Kind.NOTE) and message.reason != "edited":
        return message
    names: dict[MemberId, str] = {}
    for mentioned in mentioned_members(message.body):
        with contextlib.suppress(SlackError):
            names[mentioned] = (await member(bridge, mentioned)).name
    return replace(message, body=with_names(message.body, names))


async def draw_root(bridge: Bridge, conversation: Conversation) -> Post:
    """The root card as it should stand now."""
    earlier = await bridge.store.threads.before(conversation)
    if earlier is None:
        words = await bridge.store.threads.first_words(conversation.id)
        return with_buttons(bridge, conversation, thread.root_card(conversation, words, None))
    said = await bridge.store.threads.last_messages(conversation.id, CARRIED_OVER, before=conversation.root_ts)
    shown = [await readable(bridge, each) for each in said]
    before = thread.Before(bridge.ours.permalink(earlier.channel, earlier.ts), shown)
    return with_buttons(bridge, conversation, thread.root_card(conversation, "", before))


# --- Towards the contact --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text does not leave: a word of `views.notices.SAID`, and words for it."""

    reason: str
    words: str = ""


async def send(bridge: Bridge, claim: Claim) -> SentText | Refusal:
    """Hand a reply to the provider, unless something forbids it.

    Raises `ProviderError`; raises `SlackError` when Slack does not say who the author is: then it waits.
    """
    assert claim.conversation is not None
    conversation, message = claim.conversation, claim.message
    provider = bridge.providers.get(conversation.line.provider)
    if not isinstance(provider, SendsTexts):
        return Refusal("no_provider", not_configured(conversation.line.provider))
    author = claim.author or await member(bridge, MemberId(message.author))
    body = await plain_body(bridge, message)
    base, asked_slack = None, claim.author is None or bool(mentioned_members(message.body))
    if asked_slack or bridge.settings.threadline_public_url:  # while anybody is asked, a STOP may come
        base, standing = await asyncio.gather(  # one look at the database
            webhook_base(bridge, provider.name), bridge.store.threads.conversation(conversation.id)
        )
        conversation = standing or conversation
    refused = refusal(conversation, author, body, limit_of(provider, asks_location=message.asks_location))
    if refused is not None:
        return refused
    text = outgoing(conversation, message, body, author.name, base)
    refuse_late(bridge, claim)
    return await (_ask_location(provider, text, base) if message.asks_location else provider.send_text(text))


async def _ask_location(provider: Provider, text: OutgoingText, base: str | None) -> SentText | Refusal:
    if not isinstance(provider, AsksLocations) or base is None:
        return Refusal("no_provider", NO_WAY_BACK)
    return await provider.ask_location(text, f"{base}?e=location&t={text.token}")


def limit_of(provider: SendsTexts, *, asks_location: bool) -> TextLimit:
    """The longest words that the provider takes, alone or with a question for the contact's location. Pure."""
    if asks_location and isinstance(provider, AsksLocations):
        return provider.location_limit
    return provider.text_limit


def refuse_late(bridge: Bridge, claim: Claim) -> None:
    """Raises `SlackError` when asking Slack took so long that the claim may end before the provider answers."""
    if claim.age_s > bridge.tuning.lease_s / 2:
        raise SlackError("no_answer")


def refusal(conversation: Conversation | None, author: Member, body: str, limit: TextLimit) -> Refusal | None:
    """The single choke point: what must not leave, and why. Without a conversation nothing was ever said. Pure."""
    if author.kind != MemberKind.MEMBER:
        return Refusal({MemberKind.GUEST: "guest", MemberKind.FOREIGN: "foreign"}.get(author.kind, "gone"))
    if conversation is not None and conversation.line.removed:
        return Refusal("line_removed")
    if conversation is not None and conversation.opted_out is not None:
        return Refusal("opted_out")
    if is_blank(body):
        return Refusal("empty")
    if not fits(body, limit):
        return Refusal("too_long", notices.too_long(body, limit))
    return None


async def plain_body(bridge: Bridge, message: Message) -> str:
    """The words with the members' names in them."""
    mentioned = mentioned_members(message.body)
    names = {each: (await member(bridge, each)).name for each in mentioned}
    return with_names(message.body, names).strip()


async def member(bridge: Bridge, member_id: MemberId) -> Member:
    """Who somebody is: as known for a while, else as Slack says now. Raises `SlackError`."""
    known = await bridge.store.members.find(member_id, bridge.tuning.member_age_s)
    if known is not None:
        return known
    try:
        found = await bridge.slack.member(member_id)
    except SlackError as error:
        if not gone.person_gone(error):
            raise
        found = Member(member_id, "", MemberKind.FOREIGN)
    await bridge.store.members.note(found)
    return found


def outgoing(
    conversation: Conversation, message: Message, body: str, author: str, base: str | None
) -> OutgoingText:
    """The text as the provider gets it. `base` is where it reports; None without a public address. Pure."""
    return OutgoingText(
        line=conversation.line,
        to=conversation.contact,
        body=body,
        author=author,
        token=message.token,
        status_callback=None if base is None else f"{base}?e=status&t={message.token}",
    )


async def webhook_base(bridge: Bridge, provider: str) -> str | None:
    """`<public URL>/webhooks/<provider>/<secret>`; None without a public address or a secret."""
    public = bridge.settings.threadline_public_url
    if not public:
        return None
    configured = bridge.settings.threadline_webhook_secret
    secret = configured.get_secret_value() if configured else await bridge.store.secrets.find(provider)
    return f"{public.rstrip('/')}/webhooks/{provider}/{secret}" if secret else None
