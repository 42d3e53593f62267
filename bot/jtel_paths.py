"""The paths of jtel's server that no readable page shows, and how a setting gives others. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A verb and a path; `{id}` in it is a contact's."""

    method: str
    path: str


# No readable page shows these: they follow from calls beside them, so a server may have others.
# Source: https://wiki.jtel.de/display/JPW/Dialler+REST+API+-+Dialler+Contact+Functions
JTEL_PATHS: Mapping[str, Endpoint] = {
    "find": Endpoint("GET", "/dialler/contacts/contact"),
    "update": Endpoint("PATCH", "/dialler/contacts/update"),
    "reset": Endpoint("PATCH", "/dialler/contacts/contact/{id}/reset"),
    "history": Endpoint("GET", "/dialler/contacts/contact/{id}/history"),
    "history-by-data": Endpoint("GET", "/dialler/contacts/contact/history"),
}
_ENDPOINT = re.compile(r"([a-z-]+)=(GET|POST|PUT|PATCH) (/(?:[A-Za-z0-9_./-]|\{id\})+)")


def read_paths(text: str) -> Mapping[str, Endpoint]:
    """`JTEL_PATHS` with those of `text` instead. Pure. Raises `ValueError` that says how one is written."""
    paths = dict(JTEL_PATHS)
    for part in (each.strip() for each in text.split(",") if each.strip()):
        found = _ENDPOINT.fullmatch(part)
        if found is None or found[1] not in paths:
            raise ValueError("must be like update=POST /dialler/contacts/update, with a name that exists")
        if ("{id}" in found[3]) != ("{id}" in paths[found[1]].path):
            raise ValueError("needs {id} where the contact's id stands, and only in the paths that have one")
        if (found[2] == "GET") != (paths[found[1]].method == "GET"):
            raise ValueError("must be asked with GET where it only reads, and with another verb where it changes")
        paths[found[1]] = Endpoint(found[2], found[3])
    return paths
