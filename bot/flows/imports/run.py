"""Saving the contacts of a file, part after part, with one message that says how far it got.

Promises: it goes on after a restart from where it was; a contact that is saved twice is as if saved once; whatever
is not saved stands in a file at the end, with the reason.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from bot.bridge import Bridge
from bot.capabilities import ImportsContacts
from bot.errors import CredentialsRefused, OutcomeUnknown, Rejected, SlackError, UsageError
from bot.model import Ask, Contact, Line, NewDeed, Post
from bot.model.imports import FailedRow, Import, ImportRow
from bot.views import answers
from bot.views.answers import Answer, Choice
from bot.views.contacts import contact_name
from bot.views.imports import ended_words, failed_file, failed_name, few_words, progress_words

log = logging.getLogger(__name__)

TRIES = 3  # of a part without an answer
TELL_EVERY_S = 1.0  # at most so often

_NOT_CONFIRMED = "The provider did not confirm it."
_UNKNOWN = "The connection broke each time before the answer came: it may be saved."
_NO_LINE = "The line is not connected any more."
_STOPPED = "It was stopped before."
_IN_FILE = "The file below has what is not saved, and why. Correct it there and import it again."
PASSING = ("unreachable", "no_answer")


async def run(bridge: Bridge) -> None:
    """Go on with every import that was started. Raises `ProviderError` and `SlackError` that pass: it goes on from
    there later."""
    while (one := await bridge.store.imports.next()) is not None:
        await _go_on(bridge, await _shown(bridge, one))


async def _go_on(bridge: Bridge, one: Import) -> None:
    line = next((each for each in await bridge.store.lines.all() if each.id == one.of.line), None)
    provider = bridge.providers.get(line.provider) if line else None
    if line is None or not isinstance(provider, ImportsContacts):
        await _end(bridge, one, _NO_LINE)
        return
    told_at = time.monotonic()
    while not one.stopped and one.done < len(one.of.rows):
        try:
            one = await _advanced(bridge, one, line, provider)
        except CredentialsRefused as error:
            await _end(bridge, one, str(error))
            return
        if time.monotonic() - told_at >= TELL_EVERY_S:
            await _tell(bridge, one, _progress(one))
            told_at = time.monotonic()
    await _end(bridge, one, _STOPPED)


async def _advanced(bridge: Bridge, one: Import, line: Line, provider: ImportsContacts) -> Import:
    """The import once its next part was tried."""
    part = one.of.rows[one.done : one.done + provider.contacts_per_call]
    try:
        saved, failed = await _save(line, provider, part)
    except OutcomeUnknown:
        await bridge.store.imports.tried(one.id)
        if one.tries + 1 < TRIES:
            raise
        saved, failed = [], [_failed(row, _UNKNOWN) for row in part]
    await bridge.store.contacts.rename(line.id, {each.number: contact_name(each) for each in saved})
    return await bridge.store.imports.advance(one, len(part), failed)


async def _save(
    line: Line, provider: ImportsContacts, part: Sequence[ImportRow]
) -> tuple[list[Contact], list[FailedRow]]:
    """Save a part. A refusal may be for one of it: it is halved until that is found."""
    try:
        saved = await provider.import_contacts(line, {row.number: row.change for row in part})
    except CredentialsRefused:
        raise
    except (Rejected, UsageError) as error:
        if len(part) == 1:
            return [], [_failed(part[0], str(error))]
        half = len(part) // 2
        (saved, failed), (more, worse) = [await _save(line, provider, each) for each in (part[:half], part[half:])]
        return saved + more, failed + worse
    confirmed = {contact.number for contact in saved}
    return list(saved), [_failed(row, _NOT_CONFIRMED) for row in part if row.number not in confirmed]


def _failed(row: ImportRow, why: str) -> FailedRow:
    return FailedRow(row.place, row.cells, why)


# --- What the member sees -------------------------------------------------------------------------------


async def _shown(bridge: Bridge, one: Import) -> Import:
    """Its message, posted for who started it where only they see it. Who cannot be told any more is not."""
    if one.ts is not None:
        return one
    member = one.of.member
    try:
        channel = await bridge.slack.open_dm(member)
        question = await bridge.store.questions.keep(member, channel, [_stop(one)], once=True)
        begun = replace(one, question=question, channel=channel)
        ts = await bridge.slack.post(channel, _progress(begun), uid=uuid4().hex, thread_ts=None)
    except SlackError as error:
        _refuse_passing(one, error)
        return one
    await bridge.store.imports.shown(one.id, question, channel, ts)
    return replace(begun, ts=ts)


def _refuse_passing(one: Import, error: SlackError) -> None:
    """Raises an error that passes; one that stays must not hold the import up."""
    if error.retry_after_s is not None or error.code in PASSING:
        raise error
    log.warning("import %d: Slack answered %s", one.id, error.code)


def _stop(one: Import) -> Ask:
    return Ask("contact", f"import stop={one.id}")


def _progress(one: Import) -> Post:
    words = progress_words(one.done, len(one.of.rows), len(one.of.failed))
    made = Answer(f"Importing from {one.of.file}", below=words, choices=(Choice("Stop", _stop(one)),))
    return answers.answer(made, one.question)


async def _tell(bridge: Bridge, one: Import, post: Post) -> None:
    if one.channel is None or one.ts is None:
        return
    try:
        await bridge.slack.update(one.channel, one.ts, post)
    except SlackError as error:
        _refuse_passing(one, error)


async def _end(bridge: Bridge, one: Import, why: str) -> None:
    """Say what became of it; what was not tried failed for that reason."""
    left = [_failed(row, why) for row in one.of.rows[one.done :]]
    failed = sorted((*one.of.failed, *left), key=lambda row: row.place)
    saved = len(one.of.rows) - len({row.place for row in one.of.rows} & {row.place for row in failed})
    told = ended_words(one.of.file, saved, len(failed))
    below = await _bring(bridge, one, failed) if failed else ""
    await _tell(bridge, one, answers.answer(Answer(told, below=below), ""))
    await bridge.store.imports.end(one.id, NewDeed(one.of.member, "contacts_imported", about=told))


async def _bring(bridge: Bridge, one: Import, failed: Sequence[FailedRow]) -> str:
    """A file with what was not saved, below the message; what to say of it."""
    if one.channel is None:
        return ""
    content = failed_file(one.of.header, failed)
    try:
        await bridge.slack.upload(one.channel, one.ts, failed_name(one.of.file), content)
    except SlackError as error:
        _refuse_passing(one, error)
        return few_words(failed)
    return _IN_FILE
