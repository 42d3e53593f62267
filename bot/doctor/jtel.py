"""jtel's own questions: is all of it set, is its clock's zone known, and which of the paths that no page shows are
there.

Promise: nothing is changed there. Paths that change something are not tried.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.doctor.findings import Finding, fine, look, wrong
from bot.doctor.parts import Parts
from bot.errors import ProviderError
from bot.jtel_paths import Endpoint, read_paths
from bot.providers.jtel import Jtel
from bot.settings import Settings

_NO_ZONE = (
    "jtel: JTEL_TIME_ZONE is not set, so callbacks are queued for now only, and times of its events are not shown."
)


async def server(parts: Parts) -> list[Finding]:
    """Everything but the key and the clock, which are asked of every provider."""
    provider = parts.providers.get(Jtel.name)
    if not isinstance(provider, Jtel):
        return half_set(parts.settings)
    paths = read_paths(parts.settings.jtel_paths)
    unknown = [look(_NO_ZONE)] if parts.settings.jtel_time_zone is None else []
    return [*unknown, *await _paths(provider, paths)]


def half_set(settings: Settings) -> list[Finding]:
    """What is missing where only a part is set. Pure."""
    variables = {
        "JTEL_API_URL": settings.jtel_api_url,
        "JTEL_CLIENTS_ID": settings.jtel_clients_id,
        "JTEL_TOKEN": settings.jtel_token,
    }
    missing = [name for name, value in variables.items() if not value]
    if len(missing) in (0, len(variables)):
        return []
    verb = "is" if len(missing) == 1 else "are"
    return [wrong(f"jtel: it is not asked for anything, because {' and '.join(missing)} {verb} not set.")]


async def _paths(provider: Jtel, paths: Mapping[str, Endpoint]) -> list[Finding]:
    reading = [name for name, endpoint in paths.items() if endpoint.method == "GET"]
    try:
        there = {name: await provider.has_path(name) for name in reading}
    except ProviderError as error:
        return [look(f"jtel: its paths could not be tried ({error.code}).")]
    untried = ", ".join(name for name in paths if name not in there)
    return [*paths_findings(paths, there), fine(f"jtel: not tried, as they change something: {untried}.")]


def paths_findings(paths: Mapping[str, Endpoint], there: Mapping[str, bool]) -> list[Finding]:
    """What to say of paths that were tried: one line for those that are there, and one for each other. Pure."""
    good = [name for name, is_there in there.items() if is_there]
    found = [fine(f"jtel: its paths {', '.join(good)} are there.")] if good else []
    return found + [look(_gone(name, paths[name])) for name, is_there in there.items() if not is_there]


def _gone(name: str, endpoint: Endpoint) -> str:
    where = f"{endpoint.method} {endpoint.path}"
    return f"jtel: its server has no {where}. If its documents show another path, set it: JTEL_PATHS={name}=GET /…"
