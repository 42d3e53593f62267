"""`/ticket kb`: articles that help, and their files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from bot.capabilities import KeepsKnowledge
from bot.flows.commands.listing import cut_page, list_answer
from bot.flows.commands.provided import the_provider
from bot.flows.commands.ticket.delivering import deliver
from bot.flows.commands.ticket.finding import CUT
from bot.flows.commands.ticket.menus import chosen, the_project
from bot.flows.commands.turn import Turn, Verb
from bot.grammar import Named
from bot.model import Article, ArticleId, ArticleSearch, TicketFileId
from bot.model import Choice as MenuLine
from bot.views.answers import MOST_OVERFLOW, Answer, Choice, Item
from bot.views.knowledge import article_words


async def find(turn: Turn) -> Answer:
    """`/ticket kb <words>`: asks for the project where there are several."""
    provider, words = the_provider(turn, KeepsKnowledge), turn.asked.value("words", str)
    project = await the_project(turn)
    folder = await _id_of(turn, "folder", lambda: provider.list_article_folders(project))
    kind = await _id_of(turn, "type", provider.list_article_kinds)
    found = await provider.find_articles(ArticleSearch(project, words, folder, kind))

    def item(article: Article) -> Item:
        return Item(article_words(article, turn.zone), _files(turn, article))

    page = cut_page(found.rows, turn.asked.page)
    listed = list_answer(f"Articles with “{words}”", page, item, turn.page)
    return replace(listed, below=CUT) if found.cut else listed


async def file(turn: Turn) -> Answer:
    """`/ticket kb file <article> <id>`: to whoever asks, and nobody else."""
    article, number = ArticleId(turn.asked.value("article", int)), TicketFileId(turn.asked.value("id", int))
    return await deliver(turn, await the_provider(turn, KeepsKnowledge).read_article_file(article, number))


async def _id_of(turn: Turn, key: str, menu: Callable[[], Awaitable[Sequence[MenuLine]]]) -> int | None:
    named = turn.asked.find(key, Named)
    if named is None:
        return None
    return chosen(await menu(), named.name, key) if named.id is None else named.id


def _files(turn: Turn, article: Article) -> tuple[Choice, ...]:
    shown = article.files[:MOST_OVERFLOW]
    return tuple(Choice(f"Send me {each.name}", turn.again(f"kb file {article.id} {each.id}")) for each in shown)


KNOWLEDGE: Mapping[str, Verb] = {"kb": find, "kb file": file}
