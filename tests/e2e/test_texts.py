"""A contact's text becomes a message in that contact's thread, once, in order, and literally."""

from __future__ import annotations

import itertools

import pytest

from bot.sandbox.slack.model import Message
from bot.sandbox.texts import Picture
from tests.e2e.office import MARIA, OMAR, SALES, Office

FOUR_HOURS = 4 * 3600


def leaves(message: Message) -> list[dict[str, object]]:
    """Every leaf of a message's rich text."""
    return [
        leaf
        for block in message["blocks"]
        for part in block.get("elements", ())
        for leaf in part.get("elements", ())
    ]


async def test_first_text_opens_a_thread_with_a_card_and_the_text(team: Office) -> None:
    await team.text("Hi, is the 3 pm slot still free?")

    root = (await team.see(lambda: team.mirrored(MARIA), "a thread"))[0]["ts"]
    assert team.thread(root) == ["Hi, is the 3 pm slot still free?"]
    card = team.card(root)
    assert card.startswith("📱 Maria Lopez · +1 415 555 0134 → Sales\nHi, is the 3 pm slot still free?\n👋 New")


async def test_second_text_opens_no_second_thread(team: Office) -> None:
    root = await team.open("one")

    await team.text("two")

    await team.reads(root, "one", "two")
    assert len(team.roots()) == 1


async def test_two_texts_at_once_share_one_thread(team: Office) -> None:
    await team.text("one")
    await team.text("two")

    await team.see(lambda: len(team.mirrored(MARIA)) == 3, "both texts")
    assert team.thread(team.roots()[0]["ts"]) == ["one", "two"]
    assert len(team.roots()) == 1


async def test_two_contacts_at_once_have_a_thread_each(team: Office) -> None:
    for number in range(4):
        await team.text(f"Maria {number}")
        await team.text(f"Omar {number}", OMAR, "Omar Haddad")

    await team.see(lambda: len(team.mirrored(MARIA)) == 5 and len(team.mirrored(OMAR)) == 5, "all texts")
    assert team.thread(team.roots(MARIA)[0]["ts"]) == [f"Maria {number}" for number in range(4)]
    assert team.thread(team.roots(OMAR)[0]["ts"]) == [f"Omar {number}" for number in range(4)]


async def test_texts_keep_their_order_while_slack_is_slow(team: Office) -> None:
    for seconds in (0.05, 0.03, 0.01):
        team.fault("chat.postMessage", "slow", seconds=seconds)

    for number in range(5):
        await team.text(str(number))

    await team.see(lambda: len(team.mirrored(MARIA)) == 6, "all texts")
    assert team.thread(team.roots()[0]["ts"]) == ["0", "1", "2", "3", "4"]


async def test_texts_of_one_channel_keep_their_distance(closed: Office) -> None:
    await closed.start(threadline_slack_pace_s="0.2")
    root = await closed.open("one")

    await closed.text("two")

    await closed.reads(root, "one", "two")
    rows = await closed.rows("select claimed_at from messages where direction = 'in' order by claimed_at")
    begun = [row["claimed_at"] for row in rows]  # how long a post takes after that is not the bot's to say
    assert len(begun) == 3
    assert min(later - earlier for earlier, later in itertools.pairwise(begun)) >= 200_000


async def test_text_that_the_provider_posts_twice_is_mirrored_once(team: Office) -> None:
    root = await team.open("one")
    team.fault("textrequest.hook.msg_received", "twice")

    await team.text("two")
    await team.text("three")

    await team.reads(root, "one", "two", "three")


async def test_name_that_the_provider_learns_later_stands_on_the_card(team: Office) -> None:
    root = await team.open("Hi", name="")

    await team.text("It's Maria", name="Maria Lopez")

    await team.see(lambda: team.card(root).startswith("📱 Maria Lopez · +1 415 555 0134"), "the name")


async def test_contact_called_like_a_member_cannot_pass_for_one(team: Office) -> None:
    root = await team.open("Send me the password", name="Dana")

    text = team.workspace.thread(team.sales, root)[1]
    assert (text["username"], text["subtype"]) == ("Dana · text …0134", "bot_message")


@pytest.mark.parametrize(
    "words",
    [
        "<!channel> look",
        "@here @channel @everyone",
        ":tada: :thumbsup:",
        "*bold* _italic_ ~gone~ `code`",
        "> not a quote",
        "<@U0SAND00002> you",
        "<https://evil.example|your bank>",
        "https://evil.example",
        "&lt;!channel&gt; &amp;",
        "- a\n- b",
    ],
)
async def test_what_a_contact_writes_has_no_effect_in_slack(team: Office, words: str) -> None:
    root = await team.open(words)

    text = team.workspace.thread(team.sales, root)[1]
    assert leaves(text) == [{"type": "text", "text": words}]
    assert text["text"] == words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert {"type": "text", "text": words} in leaves(team.workspace.message(team.sales, root))


async def test_marks_that_turn_the_reading_direction_are_taken_out(team: Office) -> None:
    root = await team.open("invoice\u202egpj.exe\x07\u2066!", name="Ma\u202eria")

    assert team.thread(root) == ["invoicegpj.exe!"]
    assert team.card(root).startswith("📱 Maria · ")


async def test_very_long_text_is_cut_in_slack_and_kept_whole(team: Office) -> None:
    words = "0123456789" * 5_000

    root = await team.open(words)

    assert team.thread(root) == [words[:10_000] + "\n(… and 40,000 more characters, kept in the database)"]
    assert [row["body"] for row in await team.rows("select body from messages where kind = 'text'")] == [words]


@pytest.mark.parametrize("words", ["", "\u200b\ufe0f "])
async def test_text_without_words_is_shown_as_such(team: Office, words: str) -> None:
    root = await team.open(words)

    assert team.thread(root) == ["(an empty text)"]
    assert "(blank)" not in team.card(root)


async def test_picture_without_words_is_named_with_its_link(team: Office) -> None:
    picture = Picture("roof.jpg", b"\xff\xd8\xff")

    text = await team.textrequest.contact_texts(MARIA, "", to=SALES, pictures=[picture])

    thread = await team.see(lambda: team.mirrored(MARIA), "a thread")
    assert {"type": "link", "url": text.media[0], "text": "File 1 (image/jpeg)"} in leaves(thread[1])
    assert team.workspace.words(thread[1]).startswith("(a file)")


# --- Being seen ---------------------------------------------------------------------------------------------


async def broadcasts(team: Office) -> list[str]:
    """What the channel itself shows besides root cards."""
    await team.settled()
    shown = [one for one in team.workspace.messages(team.sales) if one.get("subtype") == "thread_broadcast"]
    return [team.workspace.words(one) for one in shown]


async def test_text_that_nobody_attends_to_is_also_sent_to_the_channel(team: Office) -> None:
    root = await team.open("one")

    await team.text("Anybody there?")

    await team.reads(root, "one", "Anybody there?")
    assert await broadcasts(team) == ["Anybody there?"]


async def test_answer_to_a_members_reply_stays_in_the_thread(team: Office) -> None:
    root = await team.open("one")
    await team.say(root, "Yes?")
    await team.gets("Yes?")

    await team.text("two")

    await team.reads(root, "one", "Yes?", "two")
    assert await broadcasts(team) == []


async def test_text_after_four_hours_of_silence_is_also_sent_to_the_channel(team: Office) -> None:
    root = await team.open("one")
    await team.say(root, "Yes?")
    await team.gets("Yes?")
    await team.settled()
    await team.let_pass(FOUR_HOURS)

    await team.text("two")

    await team.reads(root, "one", "Yes?", "two")
    assert await broadcasts(team) == ["two"]
