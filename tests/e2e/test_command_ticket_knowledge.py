"""`/ticket kb` and `/ticket ci` from end to end."""

from __future__ import annotations

import pytest

from bot.sandbox.asms import catalog
from tests.e2e.desk import ask, chosen
from tests.e2e.office import Office

FACILITIES, IT = 12, 13
NEW = "ci new Boiler 4B category=Boilers responsible=77 project=Facilities"

IMPOSSIBLE = [
    ("kb ab project=12", "Write 3 characters or more to search for."),
    ("kb boiler project=Garden", "No project is called “Garden” here. There is “Facilities”, “IT”."),
    ("kb boiler project=12 folder=Gone", "No folder is called “Gone” here. There is “Repairs”."),
    ("kb boiler project=12", "Articles with “boiler”: none."),
    ("kb file 7 902", "Aranda does not know this id or name."),
    ("ci show 991", "Aranda does not know this id or name."),
    ("ci update 991 serial=x", "Aranda does not know this id or name."),
    ("ci new Boiler project=12", "A new configuration item needs category= and responsible=."),
    ("ci new Boiler category=1 responsible=Ana project=12", "responsible= takes an id here"),
    ("ci new Boiler category=Cars responsible=77 project=12", "No category is called “Cars” here."),
    ("ci new Boiler category=55 responsible=77 project=12 price=free", "is no amount"),
    ("ci find project=0 location=Attic", "A project is known by its number, from 1 up."),
    ("ci find state=Broken", "state= takes an id here"),
]


# --- Articles -----------------------------------------------------------------------------------------------


@pytest.mark.verb("ticket", "kb")
@pytest.mark.verb("ticket", "kb file")
async def test_article_is_found_in_the_project_that_is_chosen_and_its_file_brought(desk: Office) -> None:
    article = desk.asms.add_article("Bleed a boiler", "Open <b>the valve</b>.", FACILITIES, ("valve.pdf", b"%PDF"))
    desk.asms.add_article("Boiler of the server room", "Call IT.", IT)
    await ask(desk, "kb boiler", "In which project?")

    found = await chosen(desk, "Facilities", f"Bleed a boiler (#{article.id}) · How-to")

    assert "Open the valve." in found
    assert "server room" not in found
    await chosen(desk, "Send me valve.pdf", "“valve.pdf” is in your direct messages with Threadline.")
    await ask(desk, f"kb file {article.id} {article.files[0].id}", "“valve.pdf” is in your direct messages")


@pytest.mark.verb("ticket", "kb")
async def test_only_project_is_not_asked_for(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog, "PROJECTS", {FACILITIES: "Facilities"})
    desk.asms.add_article("Bleed a boiler", "Open the valve.")

    await ask(desk, "kb boiler folder=Repairs type=How-to", "Bleed a boiler")


@pytest.mark.verb("ticket", "kb")
async def test_articles_come_in_pages_and_that_there_may_be_more_is_said(desk: Office) -> None:
    for number in range(20):
        desk.asms.add_article(f"Boiler-{number:02}", "Words")
    first = await ask(desk, "kb boiler project=12", "Boiler-09")
    assert "There may be more" in first

    second = await chosen(desk, "Older", "Boiler-10")

    assert "Boiler-10" not in first
    assert "Boiler-09" not in second


async def test_what_cannot_be_is_said(desk: Office) -> None:
    for words, sentence in IMPOSSIBLE:
        await ask(desk, words, sentence)

    assert desk.asms.items == {}


# --- Configuration items ------------------------------------------------------------------------------------


@pytest.mark.verb("ticket", "ci update")
@pytest.mark.verb("ticket", "ci find")
async def test_item_is_made_shown_changed_and_found(desk: Office) -> None:
    await ask(desk, f"{NEW} serial=BX-1009 brand=Thermo price=45.50 accept-date=2026-03-01", "Made Boiler 4B (#")
    ((number, item),) = desk.asms.items.items()
    assert (item.fields["brandId"], item.fields["price"]) == (4, 45.5)
    assert item.fields["acceptDate"] == "2026-03-01T05:00:00Z"

    shown = await chosen(desk, "Show", "In use · Boilers")
    assert f"Boiler 4B (#{number})" in shown
    assert "serial BX-1009 · M. Torres" in shown

    changed = await ask(
        desk, f"ci update {number} asset-tag=A-77 location=Cellar field:9=x", f"Changed Boiler 4B (#{number})"
    )
    assert "tag A-77" in changed
    assert (item.fields["locationId"], item.additional) == (1, {"9": ["x"]})

    for words in (
        "boiler",
        "category=boil",
        "serial=1009 location=Cellar project=12",
        "modified-after=2020-01-01",
    ):
        assert str(number) in await ask(desk, f"ci find {words}", "Configuration items")
    await ask(desk, "ci find category=Locks", "Configuration items: none.")


async def test_item_that_is_there_already_is_not_made_twice(desk: Office) -> None:
    await ask(desk, NEW, "Made Boiler 4B")

    await ask(desk, NEW, "Aranda has this configuration item already. Look for it.")

    assert len(desk.asms.items) == 1


@pytest.mark.verb("ticket", "ci new")
async def test_project_of_a_new_item_is_asked_for(desk: Office) -> None:
    await ask(desk, "ci new Boiler 4B category=55 responsible=77", "In which project?")

    await chosen(desk, "IT", "Made Boiler 4B")

    (item,) = desk.asms.items.values()
    assert item.fields["projectId"] == IT


@pytest.mark.verb("ticket", "ci show")
async def test_adapter_without_items_says_so(desk: Office) -> None:
    desk.asms.rules.missing = ("item",)

    await ask(desk, "ci show 991", "Aranda's adapter does not offer this.")
