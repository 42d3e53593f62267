"""`/text inbox`, `archive`, `unarchive` and `locate` from end to end."""

from __future__ import annotations

import pytest

from tests.e2e.asking import answered, press, type_
from tests.e2e.office import MARIA, OMAR, QUICK, Office
from tests.e2e.test_webhooks import hook_url, post, unread

CARD_S = 5  # between two changes of a root card
PLACE = "📍 35.04560, -85.30970 · Open the map"


async def asks_where(team: Office) -> tuple[str, str]:
    """Dana asks Maria where she is; the root of the thread, and the end of the link on Maria's phone."""
    await type_(team, f"locate {MARIA} Where are you?")
    phone = await team.see(team.phone, "the question")
    root = (await team.see(lambda: team.roots(MARIA), "a thread"))[0]["ts"]
    assert phone[0].startswith("Where are you? http")
    return root, phone[0].rpartition("/")[2]


async def test_location_lands_in_the_thread(each_team: Office) -> None:
    root, link = await asks_where(each_team)

    assert each_team.textrequest.share_location(link, 35.0456, -85.3097)

    shared = await each_team.notice(root, PLACE)
    assert "mlat=35.04560&mlon=-85.30970" in str(shared["blocks"])
    await each_team.see(lambda: "💬 Open" in each_team.card(root), "whose turn it is")


async def test_location_that_comes_twice_is_one_message(team: Office) -> None:
    root, link = await asks_where(team)
    team.fault("textrequest.location_callback", "twice")

    team.textrequest.share_location(link, 35.0456, -85.3097)
    await team.notice(root, PLACE)
    team.textrequest.share_location(link, 40.0, -80.0)
    await team.notice(root, "📍 40.00000, -80.00000")

    assert len(team.notices(root, "📍")) == 2
    assert await unread(team) == []


async def test_question_is_not_asked_twice_when_its_answer_shows_that_it_arrived(team: Office) -> None:
    team.textrequest.rules.statuses = ()
    team.fault("textrequest.send", "drop_after")
    root, link = await asks_where(team)
    asked = await team.notice(root, "It is not known whether this text reached")
    assert asked

    team.textrequest.share_location(link, 35.0456, -85.3097)

    await team.notice(root, "The provider reported it: it was sent.")
    await team.notice(root, PLACE)


@pytest.mark.verb("text", "send")
async def test_location_without_a_question_is_kept_for_a_person(team: Office) -> None:
    await type_(team, f"{MARIA} hello")
    await team.gets("hello")
    token = (await team.rows("select token from messages where kind = 'reply'"))[0]["token"]
    base = hook_url(team).partition("?")[0]

    answer = await post(team, b'{"lat": 35, "lng": -85}', url=f"{base}?e=location&t={token}")

    assert answer.status == 202
    assert len(await unread(team)) == 1


@pytest.mark.verb("text", "locate")
async def test_question_to_a_name_asks_first(team: Office) -> None:
    await team.open()
    await type_(team, "locate Maria Where are you?")
    await answered(team, "To Maria Lopez · +1 415 555 0134, from Sales, with a question for where they are")

    await press(team, "Send")

    await team.see(team.phone, "the question")
    assert "/where/" in team.phone()[0]


@pytest.mark.verb("text", "locate")
async def test_question_needs_a_public_address(closed: Office) -> None:
    await closed.start(threadline_public_url="")

    await type_(closed, f"locate {MARIA} Where are you?")

    await answered(closed, "an admin sets THREADLINE_PUBLIC_URL")
    assert closed.phone() == []


@pytest.mark.verb("text", "locate")
async def test_question_with_too_many_words_is_refused_at_once(team: Office) -> None:
    await type_(team, f"locate {MARIA} {'x' * 1590}")

    await answered(team, "it has 1,590 characters, 1,580 is the most")


# --- The inbox ----------------------------------------------------------------------------------------------


@pytest.mark.verb("text", "inbox")
async def test_inbox_shows_what_is_open_with_the_last_text(team: Office) -> None:
    await team.open("Is the slot free?")
    await team.open("Hello", number=OMAR, name="Omar Aziz")
    team.textrequest.contacts[team.dashboard.id, OMAR].is_resolved = True

    await type_(team, "inbox")

    answer = await answered(team, "Open conversations on Sales")
    assert "Maria Lopez · +1 415 555 0134\nThey · " in answer
    assert "Is the slot free?" in answer
    assert "Omar" not in answer


@pytest.mark.verb("text", "inbox")
async def test_inbox_is_narrowed_by_words_and_tags(team: Office) -> None:
    await team.open()
    await team.open(number=OMAR, name="Omar Aziz")
    vip = team.textrequest.labels.add_tag(team.dashboard.id, "VIP")
    team.textrequest.contacts[team.dashboard.id, OMAR].tags.append(vip.id)

    await type_(team, "inbox all omar")
    assert "Maria" not in await answered(team, "All conversations on Sales with “omar”")
    await type_(team, "inbox zoe tga=vip")
    await answered(team, "Open conversations on Sales with “zoe tga=vip”: none.")
    await type_(team, "inbox tag=vip")
    assert "Maria" not in await answered(team, "Open conversations on Sales tagged vip")
    await type_(team, "inbox archived tag=vip omar")
    await answered(team, "Archived conversations on Sales tagged vip with “omar”: none.")
    await type_(team, "inbox tag=gold")

    await answered(team, "No tag on “Sales” is called “gold”. /contact tags lists them.")


@pytest.mark.verb("text", "inbox")
async def test_inbox_comes_in_pages(team: Office) -> None:
    for number in range(11):
        await team.text("hi", number=f"+141555501{number:02}", name=f"Contact {number:02}")
    await type_(team, "inbox all from=Sales")
    first = await answered(team, "All conversations on Sales")
    assert "Contact 10" in first

    await press(team, "Older")

    await team.see(lambda: "Contact 00" in team.whispers(team.dana)[-1], "the second page")


# --- The archive --------------------------------------------------------------------------------------------


def is_archived(team: Office) -> bool:
    return team.textrequest.contacts[team.dashboard.id, MARIA].is_archived


@pytest.mark.verb("text", "archive")
@pytest.mark.verb("text", "inbox")
async def test_archived_conversation_is_done_and_comes_back(team: Office) -> None:
    root = await team.open()
    await type_(team, f"archive {MARIA}")
    await answered(team, "Archived Maria Lopez · +1 415 555 0134 on Sales.")
    await team.let_pass(CARD_S)
    await team.see(lambda: "✅ Done" in team.card(root), "the card")
    await team.see(lambda: is_archived(team), "the archive")
    await type_(team, "inbox archived")
    assert "Maria Lopez" in await answered(team, "Archived conversations on Sales")

    await press(team, "Unarchive")

    await answered(team, "Maria Lopez · +1 415 555 0134 on Sales is not archived any more.")
    await team.let_pass(CARD_S)
    await team.see(lambda: "👋 New" in team.card(root), "the card")
    await team.see(lambda: not is_archived(team), "the archive")


@pytest.mark.verb("text", "archive")
@pytest.mark.verb("text", "unarchive")
async def test_conversation_is_brought_back_by_the_contacts_number(team: Office) -> None:
    await team.open()
    await type_(team, f"archive {MARIA}")
    await team.see(lambda: is_archived(team), "the archive")

    await type_(team, f"unarchive {MARIA}")

    await answered(team, "Maria Lopez · +1 415 555 0134 on Sales is not archived any more.")
    await team.see(lambda: not is_archived(team), "the archive")


@pytest.mark.verb("text", "archive")
async def test_archived_conversation_opens_with_the_next_text(team: Office) -> None:
    root = await team.open()
    await type_(team, f"archive {MARIA}")
    await team.let_pass(CARD_S)
    await team.see(lambda: "✅ Done" in team.card(root), "the card")

    await team.text("one more thing")
    await team.found("select id from conversations where status = 'new'")
    await team.let_pass(CARD_S)

    await team.see(lambda: "👋 New" in team.card(root), "the card")


@pytest.mark.verb("text", "archive")
async def test_who_never_wrote_cannot_be_archived(team: Office) -> None:
    await type_(team, f"archive {OMAR}")

    await answered(team, "Text Request does not know this id or name.")


@pytest.mark.parametrize("verb", ["inbox", f"locate {MARIA} Where?"])
async def test_line_at_another_provider_is_said(closed: Office, verb: str) -> None:
    addresses = {name.lower(): value for name, value in closed.sandbox.clicksend_addresses().items()}
    await closed.start(QUICK, **addresses, textrequest_api_key="", threadline_public_url="")

    await type_(closed, verb)

    await answered(closed, "This needs Text Request, which is not set up here.")
