"""Notes and files of Aranda's tickets, described for the contract."""

from __future__ import annotations

import base64
from dataclasses import replace

from bot.capabilities import KeepsTickets, TakesTicketNotes
from bot.errors import NotFound, Rejected, UsageError
from bot.model import TicketCode, TicketFileId
from bot.providers.asms import Asms
from bot.providers.asms.files import MOST_BYTES
from tests.providers.case import ANY_STATUS, Exchange, Impossible, Operation, Refusal
from tests.providers.cases.asms.common import DOWNLOAD, EMPTY_404, READ_REFUSALS, REFUSALS, refusal
from tests.providers.cases.asms.ticket_values import CODE, PHOTO
from tests.providers.cases.common import WORDS
from tests.providers.far_end import Answer


def _unattached(content: bytes) -> Impossible[Asms]:
    return Impossible(lambda provider: provider.attach_file(CODE, replace(PHOTO, content=content)), UsageError)


NOTES_AND_FILES: tuple[Operation[Asms], ...] = (
    Operation(
        TakesTicketNotes.add_note,
        lambda provider: provider.add_note(CODE, f" {WORDS} I <3 you & me "),
        (
            Exchange(
                "POST /asms/case/RF-200/note",
                Answer(200),
                {"message": f"{WORDS} I ‹3 you & me"},
                effect=True,
                means=ANY_STATUS,
            ),
        ),
        None,
        refusals=REFUSALS,
        impossible=(
            Impossible(lambda provider: provider.add_note(CODE, " \n"), UsageError),
            Impossible(lambda provider: provider.add_note(CODE, "x" * 255), UsageError),
        ),
    ),
    Operation(
        KeepsTickets.attach_file,
        lambda provider: provider.attach_file(CODE, PHOTO),
        (
            Exchange(
                "POST /asms/case/RF-200/file",
                Answer(200),
                body={"file": base64.b64encode(PHOTO.content).decode(), "fileName": "boiler.jpg"},
                effect=True,
                means=ANY_STATUS,
            ),
        ),
        None,
        refusals=(*REFUSALS, Refusal(refusal("InvalidUploadType"), Rejected, "InvalidUploadType")),
        impossible=(_unattached(b""), _unattached(bytes(MOST_BYTES + 1))),
    ),
    Operation(
        KeepsTickets.read_ticket_file,
        lambda provider: provider.read_ticket_file(CODE, TicketFileId(902)),
        (
            Exchange(
                "GET /asms/case/RF-200/file/902",
                Answer(
                    200,
                    PHOTO.content,
                    {"content-type": "image/jpeg", "x-filename": "boiler%20%C3%B1%2Fx.jpg"},
                ),
                means=DOWNLOAD,
            ),
        ),
        replace(PHOTO, name="x.jpg"),
        refusals=(*READ_REFUSALS, EMPTY_404, Refusal(Answer(204), NotFound, "nothing")),
        impossible=(
            Impossible(lambda provider: provider.read_ticket_file(CODE, TicketFileId(0)), UsageError),
            Impossible(lambda provider: provider.read_ticket_file(TicketCode(""), TicketFileId(902)), UsageError),
        ),
    ),
)
