"""The bot's own web server: whether it runs here, and whether it can be reached from outside."""

from __future__ import annotations

from bot.doctor.findings import Finding, fine, look, wrong
from bot.doctor.parts import Parts
from bot.errors import ProviderError
from bot.http import Api, Http, Response, unjudged
from bot.settings import Settings
from bot.startup import utc_now

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound


async def server(parts: Parts) -> list[Finding]:
    """Here first; from outside only when it runs."""
    running, here = await _here(parts.settings)
    public = parts.settings.threadline_public_url
    if public is None:
        return [here, fine("Public address: none, so nobody needs to reach this machine.")]
    if not running:
        return [here, look("Public address: not tried, because the bot does not run here.")]
    return [here, await _from_outside(public)]


async def _here(settings: Settings) -> tuple[bool, Finding]:
    """Whether the bot answers on its port, and what to say of it."""
    url = local_url(settings)
    answer = await _get(url, "/readyz")
    if answer is None:
        words = f"nothing answers at {url}. Start it with `threadline run`."
        return False, look(f"Bot: not running here: {words}")
    parts = _readiness(answer)
    if parts is None:
        return False, look(f"Bot: something else answers at {url}. Set THREADLINE_PORT to a free port.")
    off = sorted(part for part, works in parts.items() if not works)
    if off:
        return True, wrong(f"Bot: it runs here and is not ready: {', '.join(off)}. Its log says more.")
    return True, fine(f"Bot: it runs here and is ready, at {url}")


async def _from_outside(public: str) -> Finding:
    answer = await _get(public, "/healthz")
    if answer is not None and answer.status == 200 and answer.body == b"ok":
        return fine(f"Public address: {public} leads to the bot.")
    said = "no answer" if answer is None else f"status {answer.status}"
    return look(
        f"Public address: {public.rstrip('/')}/healthz does not lead to the bot, as seen from here ({said}). "
        "Check the reverse proxy; some networks cannot reach their own public address."
    )


def local_url(settings: Settings) -> str:
    """Where the bot's server is for somebody on this machine. Pure."""
    host = _EVERYWHERE.get(settings.threadline_host, settings.threadline_host)
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.threadline_port}"


def _readiness(answer: Response) -> dict[str, bool] | None:
    """The parts of a bot, or None for the answer of something else."""
    try:
        body = answer.json()
    except ProviderError:
        return None
    if not isinstance(body, dict) or not {"database", "slack"} <= body.keys():
        return None
    return {str(part): works is True for part, works in body.items()}


async def _get(base_url: str, path: str) -> Response | None:
    http = Http(Api("threadline", "Threadline", base_url, {}, judge=unjudged), clock=utc_now)
    try:
        return await http.read(path)
    except ProviderError:
        return None
    finally:
        await http.close()
