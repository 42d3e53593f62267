"""The bot's own provider at the stand-in for Aranda's own API; what goes both ways fits the OpenAPI file."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, cast

import httpx
import pytest

from bot.errors import CredentialsRefused, FieldRefused, NotFound, OutcomeUnknown, Rejected
from bot.model import (
    AdditionalField,
    Compare,
    Condition,
    File,
    MenuContext,
    NoteScope,
    Search,
    TicketChange,
    TicketCode,
    TicketFileId,
    TicketKind,
    TicketRole,
)
from bot.providers.asms.direct import AsmsDirect
from bot.sandbox.server import Sandbox
from bot.sandbox.trouble import Fault
from bot.settings import Settings
from bot.startup import build_providers
from tests.providers.far_end import Heard
from tests.providers.specs import ASMS_DIRECT
from tests.sandbox.asms_client import without_nulls
from tests.sandbox.test_asms_provider import BY_MARKER, MARKER, REQUEST


def built(sandbox: Sandbox, **more: str) -> AsmsDirect:
    values = {name.lower(): value for name, value in sandbox.asms_own_addresses().items()}
    return cast(AsmsDirect, build_providers(Settings.explicit(values | more))[AsmsDirect.name])


@pytest.fixture
async def desk(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[AsmsDirect]:
    """The provider; what it asked and was answered is checked against the file afterwards."""
    made, passed, send = built(sandbox), [], httpx.AsyncClient.send

    async def listened(client: httpx.AsyncClient, request: httpx.Request, **how: Any) -> httpx.Response:
        await request.aread()
        answer = await send(client, request, **how)
        passed.append((request, answer, await answer.aread()))
        return answer

    monkeypatch.setattr(httpx.AsyncClient, "send", listened)
    yield made
    await made.close()
    for request, answer, body in passed:
        headers = {name.lower(): value for name, value in request.headers.items()}
        path = request.url.raw_path.decode().partition("?")[0].removeprefix("/asms")
        heard = Heard(request.method, path, dict(request.url.params), headers, request.content)
        ASMS_DIRECT.check(heard)
        if answer.status_code == 200 and "json" in answer.headers.get("content-type", ""):
            ASMS_DIRECT.check_answer(heard, 200, json.dumps(without_nulls(json.loads(body))).encode())


async def test_ticket_lives_its_life(sandbox: Sandbox, desk: AsmsDirect) -> None:
    photo = File("boiler.jpg", "application/octet-stream", b"\xff\xd8 a photo")
    key = await desk.create_ticket(REQUEST)

    await desk.update_ticket(key.code, TicketChange(solution="Reset <it>", roles={TicketRole.STATE: 22}))
    await desk.attach_file(key.code, photo)
    sandbox.asms.staff_notes(key.code, "For us alone.")

    ticket = await desk.read_ticket(key.code)
    (file,) = ticket.files
    steps = await desk.list_ticket_steps(key.code, NoteScope.ALL)
    assert (ticket.code, ticket.id, ticket.kind) == (key.code, key.id, TicketKind.INCIDENT)
    assert (ticket.subject, ticket.description) == (REQUEST.subject, f"{REQUEST.description}\n\n{MARKER}")
    assert (ticket.solution, ticket.state and ticket.state.name) == ("Reset <it>", "Resolved")
    assert ticket.roles[TicketRole.CUSTOMER].id == 881
    assert [step.action for step in steps] == ["Creado", "Modificado", "Modificado", "Archivo añadido", "Note"]
    assert (steps[2].field, steps[2].old, steps[2].new) == ("State", "Open", "Resolved")
    assert [step.private for step in steps] == [False] * 4 + [True]
    assert await desk.list_ticket_steps(key.code, NoteScope.PUBLIC) == steps[:4]
    assert await desk.read_ticket_file(key.code, file.id) == photo


async def test_ticket_that_somebody_changed_meanwhile_is_not_overwritten(
    sandbox: Sandbox, desk: AsmsDirect, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = await desk.create_ticket(REQUEST)
    ticket, read = sandbox.asms.tickets[key.code], desk._filled

    async def meanwhile(*asked: object) -> object:
        sandbox.asms.staff_moves(key.code, 18)
        return await read(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(desk, "_filled", meanwhile)

    with pytest.raises(Rejected):
        await desk.update_ticket(key.code, TicketChange(roles={TicketRole.STATE: 22}))

    assert ticket.roles["state"] == 18


async def test_change_keeps_what_it_does_not_name(sandbox: Sandbox, desk: AsmsDirect) -> None:
    sandbox.asms.rules.field_names = {"317": "Flat"}
    sandbox.asms.rules.required = ("317",)
    key = await desk.create_ticket(replace(REQUEST, additional=(AdditionalField("317", ("4B",)),)))
    before = await desk.read_ticket(key.code)

    await desk.update_ticket(key.code, TicketChange(subject="Cold again"))

    after = await desk.read_ticket(key.code)
    assert (after.subject, after.description, after.roles) == ("Cold again", before.description, before.roles)
    assert after.additional == before.additional == (AdditionalField("317", ("4B",), "Flat"),)


async def test_ticket_whose_answer_was_lost_is_found_by_its_marker(sandbox: Sandbox, desk: AsmsDirect) -> None:
    sandbox.trouble.add(Fault(where="asms.create_ticket", kind="drop_after"))

    with pytest.raises(OutcomeUnknown):
        await desk.create_ticket(REQUEST)

    found = await desk.find_tickets(BY_MARKER)
    assert ([ticket.subject for ticket in found.rows], found.cut) == ([REQUEST.subject], False)


async def test_ticket_whose_code_tells_no_number_is_found_by_somebody_who_never_saw_it(
    sandbox: Sandbox, desk: AsmsDirect
) -> None:
    key = await desk.create_ticket(REQUEST)
    assert str(key.id) not in key.code
    other = built(sandbox)

    assert (await other.read_ticket(key.code)).id == key.id
    with pytest.raises(NotFound):
        await other.read_ticket(TicketCode("RF-999"))
    await other.close()


async def test_field_that_a_project_wants_is_named(sandbox: Sandbox, desk: AsmsDirect) -> None:
    sandbox.asms.rules.required, sandbox.asms.rules.field_names = ("317",), {"317": "Flat"}

    with pytest.raises(FieldRefused) as caught:
        await desk.create_ticket(REQUEST)

    assert (caught.value.code, caught.value.field) == ("AdditionalFieldIsRequired", "Flat")


async def test_file_of_another_ticket_is_not_shown(sandbox: Sandbox, desk: AsmsDirect) -> None:
    mine, theirs = [(await desk.create_ticket(REQUEST)).code for _ in range(2)]
    file = sandbox.asms.staff_attaches(theirs, "secret.pdf", b"%PDF")

    with pytest.raises(NotFound):
        await desk.read_ticket_file(mine, TicketFileId(file.id))


async def test_file_that_is_too_large_there_is_refused(sandbox: Sandbox, desk: AsmsDirect) -> None:
    key = await desk.create_ticket(REQUEST)
    sandbox.asms.rules.most_bytes = 3

    with pytest.raises(Rejected, match="did not take the file"):
        await desk.attach_file(key.code, File("a.txt", "text/plain", b"four"))


async def test_menus_lead_from_a_project_to_a_person(desk: AsmsDirect) -> None:
    chosen = MenuContext(TicketKind.INCIDENT, project=12, service=31, category=204, state=22, group=5)

    names = {
        role.value: [each.name for each in await desk.list_choices(role, chosen)] for role in list(TicketRole)[:6]
    }

    assert names == {
        "service": ["Heating", "Doors and locks"],
        "category": ["Boilers", "Radiators"],
        "state": ["Open", "In progress", "Closed"],
        "reason": ["Repaired", "Not to be seen"],
        "group": ["Plumbers", "Caretakers"],
        "responsible": ["M. Torres", "K. Osei"],
    }


async def test_search_finds_by_kind_project_and_words(desk: AsmsDirect) -> None:
    await desk.create_ticket(REQUEST)
    conditions = (
        Condition("ProjectName", Compare.LIKE, "facil"),
        Condition("ItemTypeName", Compare.LIKE, "Incident"),
        Condition("StateId", Compare.EQUAL, "17"),
    )

    found = [len((await desk.find_tickets(Search((each,)))).rows) for each in conditions]
    closed = await desk.find_tickets(Search((*conditions, Condition("StateName", Compare.EQUAL, "Closed"))))

    assert (found, closed.rows) == ([1, 1, 1], ())


async def test_who_has_no_token_logs_in_again_when_the_session_ends_and_out_at_the_end(sandbox: Sandbox) -> None:
    login = {"asms_token": "", "asms_username": sandbox.asms.username, "asms_password": sandbox.asms.password}
    desk = built(sandbox, **login)
    key = await desk.create_ticket(REQUEST)
    sandbox.asms.sessions.clear()

    await desk.attach_file(key.code, File("a.txt", "text/plain", b"four"))
    assert len(sandbox.asms.sessions) == 1
    await desk.close()

    assert len(sandbox.asms.tickets[key.code].files) == 1
    assert sandbox.asms.sessions == set()


async def test_wrong_password_is_said(sandbox: Sandbox) -> None:
    desk = built(sandbox, asms_token="", asms_username="desk", asms_password="wrong")

    with pytest.raises(CredentialsRefused, match="ASMS_USERNAME"):
        await desk.check()
    await desk.close()
