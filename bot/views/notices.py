"""What the bot says in a thread about a member's message: a sentence, what to do, and the buttons for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.markup import BLANK, escape, literal, one_line, shorten
from bot.model import Block, Conversation, MemberId, Message, Post, TextLimit
from bot.segments import count
from bot.views import rich
from bot.views.buttons import Action, row
from bot.views.thread import FALLBACK, contact_label

QUOTED = 600  # characters of a reason, or of an edit
_CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)>")


@dataclass(frozen=True, slots=True)
class _Said:
    """`{who}` is the contact, `{words}` what the row says in its own words."""

    sentence: str
    actions: tuple[Action, ...] = ()
    mention: bool = True


_ASK = (Action.CHECK, Action.SEND_AGAIN, Action.ARRIVED)

SAID: Mapping[str, _Said] = {
    "failed": _Said("⚠️ This text did not reach {who}. {words}", (Action.RETRY,)),
    "gave_up": _Said(
        "⚠️ This text was not sent: {words} It was tried for ten minutes and has surely not gone out.",
        (Action.RETRY,),
    ),
    "uncertain": _Said(
        "❔ It is not known whether this text reached {who}: no clear answer came from the provider. "
        "It is never sent again by itself.",
        _ASK,
    ),
    "offered": _Said(
        "This reply came late and has not been sent: it was written while I was away, or a later one went first.",
        (Action.SEND_IT, Action.KEEP),
    ),
    "edited": _Said("{who} still has the original text.", (Action.CORRECT,)),
    "deleted": _Said("{who} still has the text that was deleted here."),
    "noted": _Said("{who} has this text already: it went out before it was made internal."),
    "opted_out": _Said(
        "🚫 Not sent: {who} opted out of texts from this line. They can text START to opt in again."
    ),
    "too_long": _Said("🚫 Not sent: {words}"),
    "files": _Said(
        "🚫 Not sent: files cannot be texted yet. Write the words alone and send the file another way."
    ),
    "empty": _Said("🚫 Not sent: there are no words in it."),
    "guest": _Said("🚫 Not sent: guests cannot text contacts. Ask a full member of this workspace."),
    "foreign": _Said("🚫 Not sent: people of other workspaces cannot text contacts."),
    "gone": _Said("🚫 Not sent: this account is deactivated."),
    "no_ticket": _Said(
        "📝 Not added: this thread has no open ticket, and your words stayed internal. Open one with “New ticket” "
        "on the card above, or text them with “Send as text” in the message's menu."
    ),
    "note_stays": _Said(
        "📝 The service desk has your note as it was: what is changed here is not changed there. Write another "
        "one with “ticket:” in front."
    ),
    "line_removed": _Said("🚫 Not sent: this line is no longer connected. An admin can add it again."),
    "no_provider": _Said("🚫 Not sent: {words}"),
    "assigned": _Said("👋 {words} assigned {who} to you."),
    "reopened": _Said("💬 Open again: {who} texted."),
    "not_resolved": _Said("⚠️ The provider does not have it as resolved. {words}"),
    "still_resolved": _Said("⚠️ The provider still has it as resolved. {words}"),
    "not_archived": _Said("⚠️ The provider did not archive it. {words}"),
    "still_archived": _Said("⚠️ The provider still has it in the archive. {words}"),
    "not_blocked": _Said("⚠️ The provider did not block {who}: their texts still come in. {words}"),
    "still_blocked": _Said("⚠️ The provider still blocks {who}: their texts do not come in. {words}"),
    "unreadable": _Said("🚫 Not sent: this kind of message cannot be texted. Write it as a plain reply."),
}

_SETTLED: Mapping[str, str] = {
    "retried": "Sent again by {member}.",
    "sent_again": "Sent again by {member}.",
    "sent": "Sent by {member}.",
    "kept": "Kept internal by {member}.",
    "arrived": "It arrived, says {member}.",
    "corrected": "Correction sent by {member}.",
    "found": "The provider has it: it was sent.",
    "reported": "The provider reported it: it was sent.",
    "cancelled": "Deleted before it was sent.",
}


def notice(conversation: Conversation, message: Message) -> Post:
    """A notice as it stands now: with its buttons, or with what was decided."""
    said = SAID.get(message.reason, _Said("{words}"))
    sentence = said.sentence.format(who=contact_label(conversation), words=_words(message)).strip()
    elements = [*_mention(said, message), *rich.said(sentence)]
    if message.settled_how:
        elements += [*rich.said(" "), *_decision(message)]
    blocks: list[Block] = [rich.block(rich.section(*elements))]
    if message.reason == "edited" and not message.settled_how:
        blocks.insert(1, rich.block(rich.quote(*rich.words(shorten(message.body, QUOTED)))))
    if said.actions and not message.settled_how:
        blocks.append(row(message.uid, *said.actions))
    return Post(text=escape(sentence), blocks=tuple(blocks), broadcast=message.broadcast)


def actions_of(reason: str) -> tuple[Action, ...]:
    """The buttons of a notice that nobody has answered. Pure."""
    return SAID[reason].actions


def refused(reason: str, *, who: str, words: str) -> str:
    """Why a text is not sent, for who wanted to send it and not yet in a thread. Pure."""
    return SAID[reason].sentence.format(who=who, words=words)


def too_long(body: str, limit: TextLimit) -> str:
    """How much too long a text is, and what to do. Pure."""
    counted = count(body)
    most = limit.gsm if counted.alphabet == "gsm" else limit.ucs2
    why = "" if counted.alphabet == "gsm" else " (with emoji or special characters a text holds less)"
    return f"it has {counted.units:,} characters, {most:,} is the most{why}. Split it into several replies."


def _words(message: Message) -> str:
    """The row's own words; the provider's code stands behind them for an admin."""
    if message.reason == "edited":
        return ""
    code = f" (error {message.code})" if message.code else ""
    said = literal(message.body)
    if said == BLANK:
        return f"The provider gave no reason{code}."
    has_lines = message.reason not in SAID  # as the news of a card may have, which quote a note
    return f"{shorten(said, QUOTED) if has_lines else one_line(said, QUOTED)}{code}"


def _mention(said: _Said, message: Message) -> list[Block]:
    if not (said.mention and message.author.startswith(("U", "W"))):
        return []
    return [rich.member(MemberId(message.author)), *rich.said(" ")]


def _decision(message: Message) -> list[Block]:
    """Who decided what, in italics; the member as a name that does not notify again would need a look-up."""
    sentence = _SETTLED.get(message.settled_how, "")
    if not message.settled_by:
        sentence = sentence.replace(" by {member}", "").replace(", says {member}", "")
    before, _, after = sentence.partition("{member}")
    who = [rich.member(message.settled_by)] if message.settled_by and after else []
    return [*rich.said(before, italic=True), *who, *rich.said(after, italic=True)]


def already(by: MemberId | None, how: str) -> str:
    """The answer to a click that decides nothing any more. Slack mark-up."""
    if how == "cancelled":
        return "Its message was deleted, so it is not sent. Write a new reply instead."
    who = f"<@{by}>" if by else "the provider's report"
    return f"This was decided already, by {who}." if how else "This button is too old to be used."


def alert(message: Message) -> Post:
    """A message to a channel, which mentions whom it concerns; or to an admin, and a `<#C…>` in that becomes the
    channel's name."""
    elements: list[Block] = [rich.member(MemberId(message.author)), *rich.said(" ")] if message.author else []
    quotes = bool(message.author)  # the news of a card; what an admin is told is a sentence of ours
    body = shorten(literal(message.body), FALLBACK)
    elements += rich.said(body) if quotes else rich.sentence(body)
    fallback = body if quotes else _CHANNEL.sub(r"#\1", body)
    return Post(text=escape(fallback), blocks=(rich.block(rich.section(*elements)),))
