"""Files of a ticket in Aranda's own API: how one is sent, and which there are. Pure.

Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/adjuntar-archivos.html
Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/listar-archivos.html
"""

from __future__ import annotations

from bot.errors import Rejected
from bot.http import Flag, Response, Upload, Wire, no_answer, raise_for_page, the_error
from bot.model import File, safe_name
from bot.providers.asms.direct.rows import rows_of
from bot.providers.asms.files import checked
from bot.providers.reading import read_row

OF_A_TICKET = "0"  # not of one of its fields; and, as a concept, not of an article
_REFUSED = "Aranda did not take the file. Ask its administrator which types and sizes it takes."


class UploadedWire(Wire):
    """How it went with one file."""

    result: Flag = None


def upload(number: int, kind: int, file: File) -> Upload:
    """What hangs a file on a ticket. Raises `UsageError` for one that is empty or too large."""
    fields = {
        "FileItemId": str(number),
        "FileItemType": str(kind),
        "UploadType": OF_A_TICKET,
        "Concept": OF_A_TICKET,
    }
    return Upload("Data0", safe_name(file.name), file.mime_type, checked(file), fields)


def raise_for_upload(response: Response) -> None:
    """Raises `Rejected` for a file that was not taken, `OutcomeUnknown` for an answer that tells of none."""
    raise_for_page(response)
    wires = [wire for row in rows_of(response) if (wire := read_row(UploadedWire, row))]
    if any(wire.result is False for wire in wires):
        raise the_error(Rejected, response.call, "not_taken", sentence=_REFUSED)
    if not any(wire.result for wire in wires):
        raise no_answer(response.call, "unreadable")
