"""The stand-in's knowledge base and configuration items."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from aiohttp import web

from bot.sandbox.asms import shapes
from bot.sandbox.asms.account import Account
from bot.sandbox.asms.refusal import Refusal, additional_of, download, nothing, whole_number
from bot.sandbox.asms.searching import found
from bot.sandbox.asms.shapes import Item
from bot.sandbox.routes import Asked, Route
from bot.sandbox.wire import json_answer

FEWEST_CHARACTERS = 3
MOST_ARTICLES, MOST_ITEMS = 20, 50
_NEEDED = ("name", "projectId", "categoryId", "responsibleId")


class Shelves:
    """Everything below `kb/article` and `cmdb/ci`."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def routes(self) -> Sequence[Route]:
        """Its addresses."""
        return [
            Route("find_articles", "POST", "kb/article/list", self._find_articles),
            Route("article_file", "GET", "kb/article/{}/file/{}", self._article_file),
            Route("create_item", "POST", "cmdb/ci", self._create_item),
            Route("find_items", "POST", "cmdb/ci/list", self._find_items),
            Route("item", "GET", "cmdb/ci/{}", self._read_item),
            Route("update_item", "PATCH", "cmdb/ci/{}", self._update_item),
        ]

    def _find_articles(self, asked: Asked) -> web.Response:
        words, project = asked.field("search").lower(), whole_number(asked, "projectId")
        if len(words) < FEWEST_CHARACTERS:
            raise Refusal(400, "Parameter name: search")
        matching = [
            article
            for article in self._account.articles.values()
            if article.project == project and words in f"{article.title} {article.content}".lower()
        ]
        return json_answer([shapes.article_json(article) for article in matching[:MOST_ARTICLES]])

    def _article_file(self, asked: Asked) -> web.Response:
        number = asked.ids[0]
        article = self._account.articles.get(int(number)) if number.isdecimal() else None
        return nothing() if article is None else download(article.files, asked.ids[1])

    def _create_item(self, asked: Asked) -> web.Response:
        for name in _NEEDED:
            if not asked.field(name).strip():
                raise Refusal(400, f"EmptyValue Parameter name: {name}")
        same = [
            item
            for item in self._account.items.values()
            if (item.fields["name"], item.fields["projectId"]) == (asked.body["name"], asked.body["projectId"])
        ]
        if same:
            raise Refusal(400, "DuplicatedObject")
        return json_answer({"id": self._account.add_item(asked.body, additional_of(asked)).id})

    def _find_items(self, asked: Asked) -> web.Response:
        rows = [shapes.compared_json(item) for item in self._account.items.values()]
        matching = found(rows, asked.body, MOST_ITEMS)
        return json_answer([shapes.item_json(self._account.items[row["id"]]) for row in matching])

    def _item(self, asked: Asked) -> Item | None:
        number = asked.ids[0]
        return self._account.items.get(int(number)) if number.isdecimal() else None

    def _read_item(self, asked: Asked) -> web.Response:
        item = self._item(asked)
        return nothing() if item is None else json_answer(shapes.item_json(item))

    def _update_item(self, asked: Asked) -> web.Response:
        item = self._item(asked)
        if item is None:
            raise Refusal(404, "The configuration item does not exist.")
        item.additional |= additional_of(asked)
        item.fields |= asked.body
        item.changed_at = datetime.now(UTC)
        self._account.bell.ring()
        return json_answer({"id": item.id})
