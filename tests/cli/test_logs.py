"""How the log looks, and what is never in it."""

from __future__ import annotations

import json
import logging

import pytest

from bot.cli import logs
from bot.errors import SettingsError
from bot.settings import LogFormat
from storage import postgres
from tests.e2e.office import MARIA, SALES, Office, office

SECRET_WORDS = "Meet me at the green door"
OUR_WORDS = "The code for it is 4711"
FAILING_WORDS = "This one will not arrive"


class Everything(logging.Handler):
    """Keeps every record as it would be printed, with its trace."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s %(args)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def everything() -> Everything:
    """The whole log, as at DEBUG."""
    logs.set_up(LogFormat.TEXT, logging.DEBUG)
    kept = Everything()
    logging.getLogger().addHandler(kept)
    return kept


# --- Formats --------------------------------------------------------------------------------------------


def test_json_log_is_an_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(LogFormat.JSON)

    logging.getLogger("bot.delivery").info("message %d: done “well”\nand on", 7)

    (line,) = capsys.readouterr().err.splitlines()
    entry = json.loads(line)
    assert entry.pop("at").endswith("+00:00")
    assert entry == {"level": "info", "room": "bot.delivery", "said": "message 7: done “well”\nand on"}


def test_json_log_has_the_trace_of_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(LogFormat.JSON)

    logging.getLogger("bot.delivery").error("message 7: an unforeseen error", exc_info=ValueError())

    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["trace"] == "ValueError"


def _break_with_words() -> None:
    """An error, and one behind it, whose messages quote what people wrote."""
    try:
        int(SECRET_WORDS)
    except ValueError as cause:
        raise KeyError(MARIA) from cause


@pytest.mark.parametrize("log_format", list(LogFormat))
def test_trace_of_an_error_says_where_and_never_what_people_wrote(
    log_format: LogFormat, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(log_format)

    try:
        _break_with_words()
    except KeyError:
        logging.getLogger("bot.delivery").exception("message 7: an unforeseen error")

    said = capsys.readouterr().err
    assert said.count("in _break_with_words") == 2
    assert said.index("ValueError") < said.rindex("KeyError")
    assert SECRET_WORDS not in said
    assert MARIA not in said


def test_text_log_is_a_line_that_a_person_reads(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(LogFormat.TEXT)

    logging.getLogger("bot.delivery").warning("message 7: throttled")

    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("WARNING bot.delivery: message 7: throttled")


def test_log_goes_to_stderr_alone(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(LogFormat.TEXT)

    logging.getLogger("threadline").info("ready")

    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "name", ["httpx", "httpcore", "slack_sdk", "slack_bolt", "aiohttp.access", "psycopg.pool"]
)
def test_library_that_quotes_payloads_is_quiet_even_at_debug(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(LogFormat.TEXT, logging.DEBUG)

    logging.getLogger(name).info("POST /webhooks/textrequest/a-secret")
    logging.getLogger("bot").debug("heard")

    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("bot: heard")


async def test_address_that_postgres_cannot_read_is_not_quoted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(LogFormat.TEXT)
    monkeypatch.setattr(postgres, "CONNECT_TIMEOUT_S", 0.3)

    with pytest.raises(SettingsError) as refused:
        await postgres.PostgresDatabase.open("postgresql://somebody:open sesame@127.0.0.1:1/x")

    assert "sesame" not in capsys.readouterr().err + str(refused.value)


# --- Leaks ----------------------------------------------------------------------------------------------


async def talk(team: Office) -> None:
    """A conversation in which much goes wrong."""
    root = await team.open(SECRET_WORDS)
    await team.say(root, OUR_WORDS)
    await team.gets(OUR_WORDS)
    team.fault("textrequest.send", "status", status=500, times=1)
    team.fault("chat.postMessage", "drop_after", times=1)
    team.textrequest.fail(MARIA)
    await team.say(root, FAILING_WORDS)
    await team.text(SECRET_WORDS)
    await team.notice(root, "Maria Lopez")
    await refused_webhooks(team)


async def refused_webhooks(team: Office) -> None:
    """A wrong secret, a wrong signature, and something that cannot be read."""
    address = next(hook.url for hook in team.textrequest.hooks.values() if hook.event == "msg_received")
    body = json.dumps({"body": SECRET_WORDS, "phone": MARIA})
    signed = {"x-tr-webhook-timestamp": "1700000000", "x-tr-webhook-signature": "c2lnbmF0dXJl"}
    for url, headers in ((f"{team.url}/webhooks/textrequest/{MARIA}", {}), (address, signed), (address, {})):
        async with team.session.post(url, data=body, headers=headers) as answer:
            assert answer.status < 500


async def secrets_of(team: Office) -> list[str]:
    """Everything that must not be in the log."""
    app = team.workspace.app
    tokens = [str(row["token"]) for row in await team.rows("select token from messages where token <> ''")]
    paths = [str(row["secret"]) for row in await team.rows("select secret from secrets")]
    assert tokens
    assert paths
    numbers = [
        form for number in (MARIA, SALES) for form in (number[2:], f"{number[2:5]} {number[5:8]} {number[8:]}")
    ]
    words = [SECRET_WORDS, OUR_WORDS, FAILING_WORDS, "Maria"]
    return [
        app.bot_token,
        app.app_token,
        team.textrequest.api_key,
        "c2lnbmF0dXJl",
        *tokens,
        *paths,
        *numbers,
        *words,
    ]


async def test_log_of_a_conversation_holds_no_words_numbers_tokens_or_secrets(everything: Everything) -> None:
    async with office("office.db") as team:
        await team.bind()
        await team.start()
        await talk(team)
        secrets = await secrets_of(team)

    log = "\n".join(everything.lines)
    assert [secret for secret in secrets if secret in log] == []
    for told in (
        "DEBUG bot.worker message",
        "INFO handlers.webhooks webhook 200",
        "webhook 404",
        "OutcomeUnknown",
    ):
        assert told in log
