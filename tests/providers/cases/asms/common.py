"""Aranda, its instance and its fixtures."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.errors import CredentialsRefused, FieldRefused, NotFound, NotOffered, Rejected
from bot.providers.asms import Asms, Instance
from tests.providers.case import UNREADABLE, Means, Refusal, now
from tests.providers.cases.common import KEY, fixture
from tests.providers.far_end import Answer

INSTANCE_URL = "https://asms.example.com/ASMSapi/"
LIMA = ZoneInfo("America/Lima")  # five hours behind UTC, all year


def asms(url: str) -> Asms:
    """Aranda, whose adapter is at `url`."""
    return Asms(Instance(url, SecretStr(KEY), INSTANCE_URL, LIMA), clock=now)


def aranda(name: str) -> Answer:
    """A fixture as a 200."""
    return Answer(200, fixture("asms", name))


def refusal(said: str, status: int = 400) -> Answer:
    """A refusal in JSON, with content that must not be repeated."""
    return Answer(status, json.dumps({"error": {"message": said}, "about": f"{KEY} +14235550142"}).encode())


# Any body is a file, but for none at all and for a page without a file's name.
DOWNLOAD: Means = {**dict.fromkeys(UNREADABLE[1:]), b"": NotFound}
NO_ROWS: Means = {b"": None, b"[]": None}
# What may be refused of anything.
REFUSALS = (
    Refusal(Answer(400), Rejected, "http_400"),
    Refusal(refusal("RequestNeedsSomeArguments"), FieldRefused, "RequestNeedsSomeArguments"),
    Refusal(
        refusal("DoNotHavePermissionForThisAction", 403), CredentialsRefused, "DoNotHavePermissionForThisAction"
    ),
    Refusal(refusal("The ticket does not exist.", 404), NotFound, "http_404"),
    Refusal(Answer(404, b"<html>IIS</html>"), NotOffered, "http_404"),
    Refusal(Answer(405), NotOffered, "http_405"),
    Refusal(Answer(200, b'{"result": false}'), Rejected, "result_false"),
)
# A failure of the instance's own is for good when nothing was to be changed.
READ_REFUSALS = (*REFUSALS, Refusal(refusal("FailureGetFields", 500), Rejected, "FailureGetFields"))
# Three addresses that no public page shows; there, an answer without a word is no address at all.
EMPTY_404 = Refusal(Answer(404), NotFound, "empty_404")
EMPTY_404_INFERRED = Refusal(Answer(404), NotOffered, "empty_404")
