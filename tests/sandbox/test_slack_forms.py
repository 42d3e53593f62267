"""What Slack makes of a form before the app hears of it, and of what the app answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack.fields import Gesture
from bot.sandbox.slack.model import Channel, Refused
from bot.sandbox.slack.workspace import Workspace
from tests.sandbox.conftest import Listener, error_of


def _plain(words: str) -> dict[str, str]:
    return {"type": "plain_text", "text": words}


def _option(value: str) -> dict[str, Any]:
    return {"text": _plain(value), "value": value}


def _field(name: str, kind: str, **more: object) -> dict[str, Any]:
    element = {"type": kind, "action_id": "value", **more}
    return {"type": "input", "block_id": name, "label": _plain(name), "element": element, "optional": True}


def _form(*fields: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"type": "modal", "title": _plain("Form"), "submit": _plain("Save"), "blocks": list(fields), **more}


@dataclass(frozen=True)
class Desk:
    """Dana before Slack, and an app that hears of what she does."""

    workspace: Workspace
    client: AsyncWebClient
    listener: Listener

    async def opened(self, view: dict[str, Any], member: str = "Dana") -> Any:
        """A form that the app opened for somebody."""
        await self.workspace.shortcut(member, "anything")
        trigger = self.listener.requests[-1].payload["trigger_id"]
        return (await self.client.views_open(trigger_id=trigger, view=view))["view"]

    async def look(self, view_id: str, *options: dict[str, Any]) -> None:
        """Dana types into the menu of a form, and the app gives these options."""
        self.listener.answer = {"options": list(options)}
        await self.workspace.suggest(self.workspace.views.by_id[view_id], Gesture("value", "one"), "v", "Dana")
        self.listener.answer = None


@pytest.fixture
def desk(workspace: Workspace, client: AsyncWebClient, channel: Channel, listener: Listener) -> Desk:
    return Desk(workspace, client, listener)


@pytest.mark.parametrize(
    ("field", "value", "mistake"),
    [
        (_field("words", "plain_text_input") | {"optional": False}, {"value": None}, "words is empty"),
        (_field("words", "plain_text_input", max_length=3), {"value": "long"}, "more than 3 characters"),
        (
            _field("one", "static_select", options=[_option("a")]),
            {"selected_option": _option("b")},
            "not offered: b",
        ),
        (_field("some", "multi_external_select"), {"selected_options": [_option("b")]}, "not offered: b"),
        (_field("file", "file_input", max_files=1), {"files": [{}, {}]}, "more than 1 files"),
    ],
)
async def test_form_that_cannot_be_filled_in_so_is_not_sent(
    desk: Desk,
    field: dict[str, Any],
    value: dict[str, Any],
    mistake: str,
) -> None:
    view = await desk.opened(_form(field))
    before = len(desk.listener.requests)

    with pytest.raises(ValueError, match=mistake):
        await desk.workspace.submit(view["id"], "Dana", {field["block_id"]: {"value": value}})

    assert len(desk.listener.requests) == before


async def test_option_that_was_found_can_be_sent(desk: Desk) -> None:
    view = await desk.opened(_form(_field("one", "external_select")))
    await desk.look(view["id"], _option("VIP"))

    await desk.workspace.submit(view["id"], "Dana", {"one": {"value": {"selected_option": _option("VIP")}}})

    state = desk.listener.requests[-1].payload["view"]["state"]["values"]
    assert state["one"]["value"]["selected_option"] == _option("VIP")


@pytest.mark.parametrize("options", [[_option("a")] * 101, [_option("x" * 76)], [{"text": _plain("a")}]])
async def test_options_that_slack_would_not_take_are_refused(desk: Desk, options: list[Any]) -> None:
    view = await desk.opened(_form(_field("one", "external_select")))

    with pytest.raises(Refused, match="invalid_options"):
        await desk.look(view["id"], *options)


@pytest.mark.parametrize("errors", [{"nowhere": "Wrong."}, {}])
async def test_errors_of_no_field_are_refused(desk: Desk, errors: dict[str, str]) -> None:
    view = await desk.opened(_form(_field("words", "plain_text_input")))
    desk.listener.answer = {"response_action": "errors", "errors": errors}

    with pytest.raises(Refused, match="invalid_errors"):
        await desk.workspace.submit(view["id"], "Dana", {})


async def test_two_views_with_one_external_id_are_refused(desk: Desk) -> None:
    await desk.opened(_form(_field("words", "plain_text_input"), external_id="mine"))
    desk.workspace.add_member("Zoe")

    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await desk.opened(_form(_field("words", "plain_text_input"), external_id="mine"), "Zoe")


async def test_view_is_changed_by_its_external_id(desk: Desk) -> None:
    view = await desk.opened(_form(_field("words", "plain_text_input"), external_id="mine"))

    await desk.client.views_update(
        external_id="mine", view=_form(_field("words", "plain_text_input"), title=_plain("Done"))
    )

    assert desk.workspace.views.by_id[view["id"]]["title"]["text"] == "Done"
    assert (
        await error_of(
            desk.client.views_update(external_id="mine", view=_form(_field("words", "plain_text_input")))
        )
        == "not_found"
    )
