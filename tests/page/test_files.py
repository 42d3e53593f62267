"""What the page loads: its own files, and what members and contacts sent."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import pytest

from bot.sandbox.page.scene import Scene
from bot.sandbox.slack.files import MemberFile
from bot.sandbox.texts import Picture
from tests.page.conftest import MARIA, Visitor

STATIC = Path(__file__).parents[2] / "bot" / "sandbox" / "page" / "static"
ADDRESS = re.compile(r"(?:src|href)=\"([^\"]+)\"|url\(([^)]+)\)|(?:from|import) \"([^\"]+)\"")
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+\.js)";', re.MULTILINE)
EXPORT = re.compile(r"^export (?:async )?(?:function|const|class) (\w+)", re.MULTILINE)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def mentioned(file: Path) -> set[str]:
    """Every address that a file of the page loads."""
    return {part for match in ADDRESS.finditer(file.read_text()) for part in match.groups() if part}


def test_page_loads_nothing_but_its_own_files() -> None:
    for file in STATIC.iterdir():
        for address in mentioned(file):
            name = address.removeprefix("/static/").removeprefix("./")

            assert (STATIC / name).is_file(), f"{file.name} loads {address}"


def test_page_never_makes_markup_from_words() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser"
    )

    found = [file.name for file in STATIC.glob("*.js") if forbidden.search(file.read_text())]

    assert found == []


def test_file_of_the_page_is_no_longer_than_300_lines() -> None:
    assert [file.name for file in STATIC.iterdir() if len(file.read_text().splitlines()) > 300] == []


def test_script_imports_only_what_is_exported() -> None:
    for file in STATIC.glob("*.js"):
        for names, module in IMPORT.findall(file.read_text()):
            exported = set(EXPORT.findall((STATIC / module).read_text()))

            assert {name.split(" as ")[0].strip() for name in names.split(",")} - {""} <= exported, file.name


def test_line_of_the_page_is_no_longer_than_115_characters() -> None:
    long = [
        f"{file.name}:{number}"
        for file in STATIC.iterdir()
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if len(line) > 115
    ]

    assert long == []


async def test_page_and_every_file_it_loads_are_served(visitor: Visitor) -> None:
    kinds = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

    for file in STATIC.iterdir():
        status, answer, body = await visitor.get(f"/static/{file.name}")

        assert (status, answer.content_type, body) == (200, kinds[file.suffix], file.read_bytes())


@pytest.mark.parametrize(
    "path", ["/static/../server.py", "/static/%2e%2e%2fserver.py", "/static/nothing.js", "/x"]
)
async def test_nothing_else_of_this_machine_is_served(visitor: Visitor, path: str) -> None:
    status, _, body = await visitor.get(path)

    assert status == 404
    assert b"import" not in body


async def test_emoji_are_those_of_slack(visitor: Visitor) -> None:
    _, _, body = await visitor.get("/emoji.json")

    known = {name: character for names, character, _ in json.loads(body) for name in names}
    assert (known["white_check_mark"], known["+1"], known["iphone"]) == ("✅", "👍", "📱")
    assert len(known) > 1800


async def test_picture_of_a_member_is_shown(visitor: Visitor, scene: Scene) -> None:
    workspace = scene.sandbox.workspace
    await workspace.say(scene.stage.channel, "Dana", "Look", files=[MemberFile("cat.png", PNG)])
    file_id = next(iter(workspace.core.files.by_id))

    status, answer, body = await visitor.get(f"/files/{file_id}")

    assert (status, answer.content_type, body) == (200, "image/png", PNG)
    assert answer.headers["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize(("name", "kind"), [("a.html", "text/html"), ("a.svg", "image/svg+xml"), ("a.pdf", "")])
async def test_file_that_could_act_as_a_page_is_only_downloaded(
    visitor: Visitor, scene: Scene, name: str, kind: str
) -> None:
    trap = MemberFile(name, b"<script>alert(1)</script>", kind)
    await scene.sandbox.workspace.say(scene.stage.channel, "Dana", "Look", files=[trap])
    file_id = next(iter(scene.sandbox.workspace.core.files.by_id))

    _, answer, _ = await visitor.get(f"/files/{file_id}")

    assert answer.content_type == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


async def test_picture_of_a_contact_is_shown_wherever_it_is_linked(visitor: Visitor, scene: Scene) -> None:
    picture = Picture("my cat.png", PNG, "image/png")
    text = await scene.sandbox.textrequest.contact_texts(MARIA, "Look", pictures=[picture])
    name = text.media[0].partition("/media/")[2]

    on_phone = await visitor.get(f"/texts/{text.id}/0")
    in_slack = await visitor.get(f"/media/{name}")

    assert on_phone[2] == in_slack[2] == PNG
    assert on_phone[1].content_type == "image/png"


@pytest.mark.parametrize("path", ["/files/F1", "/texts/none/0", "/texts/none/99999999999", "/media/1/none.png"])
async def test_what_is_not_there_is_not_found(visitor: Visitor, path: str) -> None:
    status, _, _ = await visitor.get(path)

    assert status == 404


async def test_picture_that_another_machine_serves_is_never_fetched(visitor: Visitor, scene: Scene) -> None:
    text = await scene.sandbox.textrequest.staff_texts(MARIA, "Look")
    text.media = ("http://192.0.2.1/a.png",)

    status, _, _ = await visitor.get(f"/texts/{text.id}/0")

    assert status == 404


async def test_picture_that_the_bot_serves_on_this_machine_is_fetched(visitor: Visitor, scene: Scene) -> None:
    provider = scene.sandbox.textrequest
    served = await provider.contact_texts(MARIA, "", pictures=[Picture("a.png", PNG, "image/png")])
    text = await provider.staff_texts(MARIA, "Look")
    text.media = (served.media[0].replace("127.0.0.1", "localhost"),)

    status, _, body = await visitor.get(f"/texts/{text.id}/0")

    assert (status, body) == (200, PNG)
