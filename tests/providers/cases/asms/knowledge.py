"""Aranda's knowledge base, described for the contract."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.capabilities import KeepsKnowledge
from bot.errors import NotFound, UsageError
from bot.model import Article, ArticleId, ArticleSearch, Choice, File, Found, TicketFile, TicketFileId
from bot.providers.asms import Asms
from tests.providers.case import Exchange, Impossible, Operation, Refusal
from tests.providers.cases.asms.common import DOWNLOAD, EMPTY_404, NO_ROWS, READ_REFUSALS, aranda
from tests.providers.far_end import Answer

ARTICLE = Article(
    id=ArticleId(71),
    title="Boiler: no hot water",
    description="What to try first",
    content="Steps\nLook at the valve\nReset <R>",
    url="https://kb.example.com/71",
    kind=Choice(2, "How-to"),
    changed_at=datetime(2026, 1, 15, 14, 30, tzinfo=UTC),
    files=(TicketFile(TicketFileId(5), "valve.pdf"),),
)
_MENU = (Choice(12, "Facilities"), Choice(13, "IT"))
_REFUSALS = (*READ_REFUSALS, EMPTY_404)


KNOWLEDGE: tuple[Operation[Asms], ...] = (
    Operation(
        KeepsKnowledge.find_articles,
        lambda provider: provider.find_articles(ArticleSearch(12, " boiler ", folder=3, kind=2)),
        (
            Exchange(
                "POST /kb/article/list",
                aranda("articles.json"),
                body={"projectId": 12, "search": "boiler", "folderId": 3, "typeId": 2},
                means=NO_ROWS,
                wrong=({}, {"result": True}),
            ),
        ),
        Found((ARTICLE,), cut=False),
        refusals=_REFUSALS,
        impossible=(
            Impossible(lambda provider: provider.find_articles(ArticleSearch(12, "bo ")), UsageError),
            Impossible(lambda provider: provider.find_articles(ArticleSearch(0, "boiler")), UsageError),
        ),
    ),
    Operation(
        KeepsKnowledge.find_articles,
        lambda provider: provider.find_articles(ArticleSearch(12, "boiler")),
        (
            Exchange(
                "POST /kb/article/list",
                aranda("articles.json"),
                body={"projectId": 12, "search": "boiler"},
                means=NO_ROWS,
            ),
        ),
        Found((ARTICLE,), cut=False),
        note="in every folder",
    ),
    Operation(
        KeepsKnowledge.read_article_file,
        lambda provider: provider.read_article_file(ArticleId(71), TicketFileId(5)),
        (
            Exchange(
                "GET /kb/article/71/file/5",
                Answer(
                    200,
                    b"%PDF-1.4 the valve",
                    {
                        "content-type": "application/pdf; charset=binary",
                        "content-disposition": 'attachment; filename="valve.pdf"',
                    },
                ),
                means=DOWNLOAD,
            ),
        ),
        File("valve.pdf", "application/pdf", b"%PDF-1.4 the valve"),
        refusals=(*_REFUSALS, Refusal(Answer(204), NotFound, "nothing")),
        impossible=(
            Impossible(lambda provider: provider.read_article_file(ArticleId(0), TicketFileId(5)), UsageError),
            Impossible(lambda provider: provider.read_article_file(ArticleId(71), TicketFileId(-5)), UsageError),
        ),
    ),
    Operation(
        KeepsKnowledge.list_article_folders,
        lambda provider: provider.list_article_folders(12),
        (Exchange("GET /kb/article/folders", aranda("choices.json"), {"projectId": "12"}, means=NO_ROWS),),
        _MENU,
        refusals=_REFUSALS,
        impossible=(Impossible(lambda provider: provider.list_article_folders(0), UsageError),),
    ),
    Operation(
        KeepsKnowledge.list_article_kinds,
        lambda provider: provider.list_article_kinds(),
        (Exchange("GET /kb/article/types", aranda("choices.json"), means=NO_ROWS),),
        _MENU,
        refusals=_REFUSALS,
    ),
)
