"""Aranda's knowledge base: the calls, then what is asked and what the answers mean.

A search gives the first twenty articles and says nothing of the others.
Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors (Aranda's connector)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from functools import partial

from bot.capabilities import KeepsKnowledge
from bot.errors import UsageError
from bot.http import Count, Http, Wire, Words
from bot.model import Article, ArticleId, ArticleSearch, Choice, File, Found, TicketFileId
from bot.providers.asms.asking import known_id
from bot.providers.asms.files import MOST_BYTES, read_file
from bot.providers.asms.plain import plain
from bot.providers.asms.wire import NamedWire, read_choices, read_files, read_found, read_local
from bot.providers.reading import filled, first_of, read_row

FEWEST_CHARACTERS = 3
CAPS = frozenset({20})


class Knowledge(KeepsKnowledge):
    """Aranda's knowledge base."""

    _http: Http
    _zone: tzinfo | None

    async def find_articles(self, search: ArticleSearch) -> Found[Article]:
        """The first twenty, with their whole content."""
        response = await self._http.search("/kb/article/list", article_body(search))
        return read_found(response, partial(read_article, zone=self._zone), CAPS)

    async def read_article_file(self, article: ArticleId, file: TicketFileId) -> File:
        """Fetch one of an article's files."""
        path = f"/kb/article/{known_id(article, 'An article')}/file/{known_id(file, 'A file')}"
        return read_file(await self._http.read(path, most_bytes=MOST_BYTES))

    async def list_article_folders(self, project: int) -> Sequence[Choice]:
        """A project's folders."""
        asked = {"projectId": known_id(project, "A project")}
        return read_choices(await self._http.read("/kb/article/folders", asked))

    async def list_article_kinds(self) -> Sequence[Choice]:
        """What kinds there are, in every project."""
        return read_choices(await self._http.read("/kb/article/types"))


# --- What is asked ----------------------------------------------------------------------------------------


def article_body(search: ArticleSearch) -> Mapping[str, object]:
    """What asks for articles. Raises `UsageError` for what they would refuse."""
    words = search.words.strip()
    if len(words) < FEWEST_CHARACTERS:
        raise UsageError(f"Write {FEWEST_CHARACTERS} characters or more to search for.")
    body = {
        "projectId": known_id(search.project, "A project"),
        "search": words,
        "folderId": search.folder,
        "typeId": search.kind,
    }
    return filled(body)


# --- What the answers mean --------------------------------------------------------------------------------


class ArticleWire(Wire):
    """An article. Its content is a page's mark-up."""

    id: Count = None
    title: Words | None = None
    description: Words | None = None
    content: Words | None = None
    url: Words | None = None
    createdDate: Words | None = None  # noqa: N815  # their spelling
    lastModifiedDate: Words | None = None  # noqa: N815
    type: object = None
    attachments: tuple[object, ...] | None = None


def read_article(row: object, zone: tzinfo | None) -> Article | None:
    """An article; None for what is none, or has no id."""
    wire = read_row(ArticleWire, row)
    if wire is None or not wire.id:
        return None
    kind = read_row(NamedWire, wire.type)
    return Article(
        id=ArticleId(wire.id),
        title=plain(wire.title),
        description=plain(wire.description),
        content=plain(wire.content),
        url=first_of(wire.url),
        kind=kind.choice() if kind else None,
        changed_at=read_local(first_of(wire.lastModifiedDate, wire.createdDate), zone),
        files=read_files(wire.attachments),
    )
