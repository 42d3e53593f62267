"""What `/callback` reads, against the contact centre: given to the bot that runs, as its door gives it."""

from __future__ import annotations

import pytest

from bot.errors import NotFound, UsageError
from bot.flows.commands.ask import Typed, ask, press
from bot.model import Ask, ChannelId, MemberId, Post
from bot.sandbox.jtel.queues import Queues
from bot.sandbox.slack.fields import elements_of
from bot.sandbox.slack.model import Message
from tests.e2e.office import MARIA, Office

CALLBACK, TICKET = 3, 6
SEEN = 30


@pytest.fixture
def queues(centre: Office) -> Queues:
    """The queues of the centre; what waits there moves only when it is moved."""
    centre.jtel.rules.steps = ()
    return centre.jtel.queues


def queued(queues: Queues, group: int, subject: str, kind: int = CALLBACK) -> int:
    """Something that waits in the group; its id."""
    asked = {"AcdEventTypesID": kind, "AcdGroupsID": group, "Sender": MARIA.lstrip("+"), "Subject": subject}
    return int(queues.create(asked)["ID"])


async def told(centre: Office, words: str) -> str:
    """What Dana reads of the answer to `/callback` with these words behind it."""
    return _read(centre, await _given(centre, words))


async def _given(centre: Office, words: str) -> Post:
    assert centre.running is not None
    post = await ask(centre.running.bridge, _typed(centre, words))
    assert isinstance(post, Post)
    return post


async def pressed(centre: Office, post: Post, label: str) -> Post:
    """What becomes of an answer when its first button of that label is pressed."""
    assert centre.running is not None
    value = next(each["value"] for each in elements_of(_message(post)) if each["text"]["text"] == label)
    answer = await press(centre.running.bridge, value, _typed(centre, ""))
    assert isinstance(answer, Post)
    return answer


def _typed(centre: Office, words: str) -> Typed:
    return Typed(Ask("callback", words), MemberId(centre.dana.id), ChannelId(centre.sales.id), "key", "trigger")


def _read(centre: Office, post: Post) -> str:
    return centre.workspace.words(_message(post))


def _message(post: Post) -> Message:
    return {"text": post.text, "blocks": list(post.blocks)}


@pytest.mark.verb("callback", "list")
async def test_callbacks_are_listed_newest_first_and_nothing_else_is(centre: Office, queues: Queues) -> None:
    group = queues.add_group("Support")
    first, second = queued(queues, group, "First"), queued(queues, group, "Second")
    queued(queues, group, "A ticket", TICKET)

    post = await _given(centre, "list")

    listed = _read(centre, post)
    assert f"Callback #{first} · +1 415 555 0134 · waiting for an agent" in listed
    assert "group Support" in listed
    assert listed.index(f"#{second}") < listed.index(f"#{first}")
    assert "A ticket" not in listed
    assert f"Callback #{second}" in _read(centre, await pressed(centre, post, "Show"))


@pytest.mark.verb("callback", "list")
async def test_callbacks_come_in_pages(centre: Office, queues: Queues) -> None:
    group = queues.add_group("Support")
    for number in range(11):
        queued(queues, group, f"Subject-{number:02}")
    first = await _given(centre, "list")

    second = _read(centre, await pressed(centre, first, "Older"))

    assert "Subject-00" in second
    assert "Subject-01" in _read(centre, first)
    assert "Subject-01" not in second


@pytest.mark.verb("callback", "show")
async def test_callback_is_followed_to_the_agent_who_takes_it(centre: Office, queues: Queues) -> None:
    kim = queues.add_user("kim")
    event = queued(queues, queues.add_group("Support"), "Offer")
    shown = await _given(centre, str(event))
    queues.move(event, SEEN)

    refreshed = _read(centre, await pressed(centre, shown, "Refresh"))

    assert "waiting for an agent" in _read(centre, shown)
    assert "· opened" in refreshed
    assert "agent kim" in refreshed
    assert queues.events[event]["UsersID"] == kim


async def test_what_has_no_name_any_more_is_shown_by_its_number(centre: Office, queues: Queues) -> None:
    group, kim = queues.add_group("Support"), queues.add_user("kim")
    event = queued(queues, group, "Offer")
    queues.move(event, SEEN)
    queues.groups.clear()
    centre.jtel.rules.missing = ("users",)

    shown = await told(centre, str(event))

    assert f"group #{group}" in shown
    assert f"agent #{kim}" in shown


@pytest.mark.verb("callback", "groups")
async def test_groups_are_listed_or_found_by_id_and_by_a_part_of_the_name(centre: Office, queues: Queues) -> None:
    support, sales = queues.add_group("Support DE"), queues.add_group("Sales DE")

    assert f"Sales DE (#{sales})" in await told(centre, "groups")
    assert "Sales DE" not in await told(centre, f"groups {support}")
    found = await told(centre, "groups support")

    assert f"Support DE (#{support})" in found
    assert "Sales DE" not in found


@pytest.mark.verb("callback", "groups")
async def test_found_groups_keep_their_name_on_the_next_page(centre: Office, queues: Queues) -> None:
    for number in range(11):
        queues.add_group(f"A & B {number:02}")
    queues.add_group("Sales")

    first = await _given(centre, 'groups "a & b"')

    second = _read(centre, await pressed(centre, first, "Older"))
    assert "A & B 10" in second
    assert "Sales" not in second


@pytest.mark.verb("callback", "types")
@pytest.mark.verb("callback", "states")
async def test_types_and_states_say_what_they_mean(centre: Office) -> None:
    assert "3 · Callback · callback" in await told(centre, "types")
    assert "20 · New · at an agent, unread" in await told(centre, "states")


@pytest.mark.verb("callback", "groups")
async def test_what_is_not_there_is_said(centre: Office) -> None:
    for words in ("99999", "groups 99999"):
        with pytest.raises(NotFound, match="jtel does not know this"):
            await told(centre, words)
    with pytest.raises(UsageError, match="No group of agents is called “nowhere”"):
        await told(centre, "groups nowhere")


async def test_without_jtel_the_settings_that_turn_it_on_are_named(team: Office) -> None:
    for words in ("list", "2039", "groups", "types", "states"):
        with pytest.raises(UsageError, match="JTEL_API_URL, JTEL_CLIENTS_ID and JTEL_TOKEN"):
            await told(team, words)
