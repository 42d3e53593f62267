"""What Aranda refuses, and what it means for people. Pure.

Its documents name the errors, not the shape of the body that holds them: they are looked for in every text of the
JSON, or in the body as it is. A web page holds none of them: it comes from whatever stands before Aranda.
Source: https://learn.microsoft.com/en-us/connectors/arandaservicemanagem/ (the table of errors)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import Conflict, CredentialsRefused, FieldRefused, NotOffered, ProviderError, Rejected, Unreachable
from bot.http import Flag, Response, Unreadable, Wire, no_answer, raise_for_status, the_error
from bot.providers.asms.wire import NAME

LONGEST_SAID = 20_000  # characters of a refusal that are looked at


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an error means. `field` is the one at fault, by its name in requests."""

    sentence: str
    kind: type[Rejected] = FieldRefused
    field: str = ""


MEANINGS: Mapping[str, Meaning] = {
    "CriteriaNeedsSomeArguments": Meaning("A search needs a value for each of its conditions.", Rejected),
    "InvalidAdditionalFieldId": Meaning(
        "Aranda does not know one of the additional fields. Look up its id in the project.",
        field="additionalFields",
    ),
    "InvalidItemType": Meaning("Aranda does not know this type of ticket here. Choose another.", field="itemType"),
    "InvalidProjectId": Meaning("Aranda does not know this project. Choose another.", field="projectId"),
    "InvalidStateId": Meaning("This ticket cannot have this state. Choose another.", field="stateId"),
    "InvalidOrganizationArea": Meaning(
        "This organizational area does not fit the customer. Choose another.", field="unitId"
    ),
    "InvalidUploadType": Meaning(
        "Aranda did not take the file. Ask its administrator which types and sizes it takes.", Rejected
    ),
    "RequestNeedsSomeArguments": Meaning("Aranda wants more fields for this. Fill in all that the project needs."),
    "SearchListIsRequired": Meaning(
        "Aranda wants a list to search in. Ask its administrator to look at the project.", Rejected
    ),
    "ItemTypeIsRequired": Meaning("A ticket needs a type, like an incident.", field="itemType"),
    "ModelIdIsEmpty": Meaning(
        "Aranda has no model for this service and category. Choose others, or ask its administrator.",
        field="modelId",
    ),
    "StateIdIsEmpty": Meaning("Aranda wants a state for this. Choose one.", field="stateId"),
    "ServiceIdIsEmpty": Meaning("A ticket needs a service. Choose one.", field="serviceId"),
    "CategoryIdIsEmpty": Meaning("A ticket needs a category. Choose one.", field="categoryId"),
    "TypesListNeedsSomeArguments": Meaning(
        "Aranda wants a type of ticket to search for. Ask its administrator to look at the project.", Rejected
    ),
    "ModelNotActive": Meaning(
        "The ticket's model is switched off at Aranda. Choose another category, or ask its administrator.",
        Rejected,
    ),
    "FailedToCloseTaskPendingCloseTasksPredecessors": Meaning(
        "This cannot be closed yet: tasks before it are still open. Close them first.", Rejected
    ),
    "DuplicatedObject": Meaning("Aranda has this configuration item already. Look for it.", Conflict),
    "DoNotHavePermissionForThisAction": Meaning(
        "Our Aranda token may not do this. Ask Aranda's administrator for the permission.", CredentialsRefused
    ),
    # Seen by integrations, not in the table.
    "UserNameDidNotFound": Meaning("Aranda does not know this person. Check the name.", Rejected),
}
# Each is a fault of the instance's own configuration, so that trying again does not help.
FAILURES = frozenset({
    "FailureExportExcel", "FailureGetAdditionalFields", "FailureGetCategoriesByService", "FailureGetChangeFSC",
    "FailureGetFields", "FailureGetFieldsList", "FailureGetFiles", "FailureGetLookupValues",
    "FailureGetMailTemplates", "FailureGetModelByCategory", "FailureGetOperators", "FailureGetReassignmentReasons",
    "FailureGetSimilarItems", "FailureSearchQuickManagement",
})  # fmt: skip
_FAILURE = "Aranda could not do this, and says {}. Ask its administrator: its own settings are at fault."

_SYMBOL = re.compile(rf"\b({'|'.join((*MEANINGS, *FAILURES))})\b")
_FIELD = r"(\w[\w .-]{0,39})"
_ADDITIONAL = re.compile(rf"{_FIELD}\s+AdditionalFieldIsRequired\b")
_PARAMETER = re.compile(rf"\b(?:(EmptyValue|EmptyEnumeration)\s+)?(?:is null\s+)?parameter name:\s*{_FIELD}", re.I)
_A_FIELD = "Aranda wants a value for {}. Fill it in, then try again."
_A_LIST = "Aranda wants one value or more for {}. Choose some, then try again."
_DIGITS = re.compile(r"[0-9]")
_LONG_NUMBER = re.compile(r"[0-9]{5}")
_ID = re.compile(r"[0-9]{1,9}")  # shorter than any phone number

EMPTY_404 = "empty_404"  # an address that answers nothing at all may be none
_NO_TOKEN = "Aranda refused our integration token: it may have expired. Ask an admin to make a new one."  # noqa: S105
# It wants a browser, and let nothing through. Source: https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
_CHALLENGED = "A firewall before Aranda took us for no browser. Ask its administrator to let our server through."
_NOT_DONE = "Aranda did not do this, and does not say why. Look at it there, then try again."
# What ASP.NET says of an address that leads nowhere; a page or another door before it says it in its own words.
_NOWHERE = re.compile(r"No HTTP resource was found|Resource not found", re.I)


class _ResultWire(Wire):
    result: Flag = None


def judge(response: Response) -> None:
    """Raises for a refusal, by its status, its name, or inside a 200."""
    if response.headers.get("cf-mitigated"):
        raise the_error(Unreachable, response.call, "challenged", sentence=_CHALLENGED)
    if response.status < 400 or response.status in (401, 408, 429):
        _judge_result(response)
        raise_for_status(response, sentence=_NO_TOKEN)
        return
    said = what_it_says(response)
    error = _field_error(said) or _named_error(response, said)
    if error is not None:
        raise error if response.status < 500 else _failure(response, error.code)
    if response.status == 405 or (response.status == 404 and (said is None or _NOWHERE.search(said))):
        raise the_error(NotOffered, response.call, f"http_{response.status}")
    raise_for_status(response, code="" if response.body or response.status != 404 else EMPTY_404)


def _judge_result(response: Response) -> None:
    """`{"result": false}` inside a 200 is a refusal; a file is longer, or has no such field."""
    if len(response.body) > 100 or b"result" not in response.body or response.status >= 300:
        return
    try:
        refused = _ResultWire.read(response.body).result is False
    except Unreadable:
        return
    if refused:
        raise the_error(Rejected, response.call, "result_false", sentence=_NOT_DONE)


def what_it_says(response: Response) -> str | None:
    """Every text in a refusal; None for a web page."""
    if response.body.lstrip()[:1] == b"<":
        return None
    try:
        waiting = [response.json()]
    except ProviderError:
        return response.body.decode("utf-8", "replace")[:LONGEST_SAID]
    found: list[str] = []
    while waiting:
        match waiting.pop():
            case str(words):
                found.append(words)
            case list(inner):
                waiting += inner
            case dict(inner):
                waiting += inner.values()
    return "\n".join(reversed(found))[:LONGEST_SAID]


def _field_error(said: str | None) -> FieldRefused | None:
    """A refusal that names the field which is missing."""
    if found := _ADDITIONAL.search(said or ""):
        return _missing(_A_FIELD, "AdditionalFieldIsRequired", found[1])
    if found := _PARAMETER.search(said or ""):
        code = found[1] or "ParameterIsNull"
        return _missing(_A_LIST if code.lower() == "emptyenumeration" else _A_FIELD, code, found[2])
    return None


def _missing(sentence: str, code: str, named: str) -> FieldRefused:
    """A name with a long number in it may be content, so it is not repeated; a number alone is a field's id."""
    is_content = _LONG_NUMBER.search(named) and not _ID.fullmatch(named.strip())
    field = "" if is_content else named.strip()
    shown = f"“{field}”" if field and not _DIGITS.search(field) else "a field that is empty"
    return FieldRefused(sentence.format(shown), provider=NAME, code=code, field=field)


def _named_error(response: Response, said: str | None) -> ProviderError | None:
    found = _SYMBOL.search(said or "")
    if found is None:
        return None
    meaning = MEANINGS.get(found[1])
    if meaning is None:
        return the_error(Rejected, response.call, found[1], sentence=_FAILURE.format(found[1]))
    if meaning.kind is FieldRefused:
        return FieldRefused(meaning.sentence, provider=NAME, code=found[1], field=meaning.field)
    return the_error(meaning.kind, response.call, found[1], sentence=meaning.sentence)


def _failure(response: Response, code: str) -> ProviderError:
    """A 5xx with a name: a read surely failed for good; what something with an effect did, nobody knows."""
    if response.call.effect:
        return no_answer(response.call, code)
    return the_error(Rejected, response.call, code, sentence=_FAILURE.format(code))
