"""Files of Aranda's own API, described for the contract."""

from __future__ import annotations

from dataclasses import replace

from bot.capabilities import KeepsTickets
from bot.errors import NotFound, OutcomeUnknown, Rejected, UsageError
from bot.model import TicketCode, TicketFileId
from bot.providers.asms.direct import AsmsDirect
from bot.providers.asms.files import MOST_BYTES
from tests.providers.case import Exchange, Impossible, Operation, Refusal
from tests.providers.cases.asms.common import DOWNLOAD, READ_REFUSALS, REFUSALS, refusal
from tests.providers.cases.asms.ticket_values import PHOTO
from tests.providers.cases.asms_direct.common import CODE, FILES, READ, UNREADABLE, own
from tests.providers.far_end import Answer

DOWNLOADED = Answer(200, PHOTO.content, {"content-type": "image/jpeg"})


def _unattached(content: bytes) -> Impossible[AsmsDirect]:
    return Impossible(lambda provider: provider.attach_file(CODE, replace(PHOTO, content=content)), UsageError)


FILES_OF_TICKETS: tuple[Operation[AsmsDirect], ...] = (
    Operation(
        KeepsTickets.attach_file,
        lambda provider: provider.attach_file(CODE, PHOTO),
        (
            READ,
            Exchange(
                "POST /api/v9/file/",
                own("uploaded.json"),
                body=PHOTO.content,
                effect=True,
                wrong=({}, [{}], [{"result": None}]),
            ),
        ),
        None,
        refusals=(
            *REFUSALS,
            Refusal(refusal("InvalidUploadType"), Rejected, "InvalidUploadType"),
            Refusal(Answer(200, b'[{"fileName": "boiler.jpg", "result": false}]'), Rejected, "not_taken"),
            Refusal(refusal("FailureAddFile", 500), OutcomeUnknown, "http_500"),
        ),
        impossible=(_unattached(b""), _unattached(bytes(MOST_BYTES + 1))),
    ),
    Operation(
        KeepsTickets.read_ticket_file,
        lambda provider: provider.read_ticket_file(CODE, TicketFileId(902)),
        (
            replace(READ, means=UNREADABLE),
            replace(FILES, means={b"": NotFound, b"[]": NotFound}),
            Exchange(
                "GET /api/v9/file/902", Answer(200, PHOTO.content, {"content-type": "image/jpeg"}), means=DOWNLOAD
            ),
        ),
        PHOTO,
        refusals=(*READ_REFUSALS, Refusal(Answer(200, b'{"content": [{"id": 903}]}'), NotFound, "nothing", at=1)),
        impossible=(
            Impossible(lambda provider: provider.read_ticket_file(CODE, TicketFileId(0)), UsageError),
            Impossible(lambda provider: provider.read_ticket_file(TicketCode(""), TicketFileId(902)), UsageError),
        ),
    ),
)
