"""Articles that help, and the things that tickets are about, as people read of them. Pure."""

from __future__ import annotations

from datetime import tzinfo

from bot.markup import shorten
from bot.model import Article, ConfigurationItem
from bot.views.phrases import below_each_other, dotted, field_label, flat, moment
from bot.views.tickets import LONGEST_VALUE, additional_lines

LONGEST_EXCERPT = 600
LONGEST_TEXT = 1_200


def article_words(article: Article, zone: tzinfo) -> str:
    """An article in a list: its title, its beginning, and where all of it stands."""
    kind = article.kind.name if article.kind else ""
    changed = f"as of {moment(article.changed_at, zone)}" if article.changed_at else ""
    excerpt = shorten(article.content or article.description, LONGEST_EXCERPT)
    return below_each_other(dotted(_with_id(article.title, article.id), kind, changed), excerpt, flat(article.url))


def item_about(item: ConfigurationItem) -> str:
    """How a configuration item is called: `Boiler 4B (#991)`."""
    return _with_id(item.name, item.id)


def item_words(item: ConfigurationItem) -> str:
    """A configuration item in a list: which one, how it stands, and who looks after it."""
    return below_each_other(item_about(item), _stands(item))


def item_card(item: ConfigurationItem, zone: tzinfo) -> str:
    """Everything that is shown of a configuration item below how it is called; empty when nothing is known."""
    changed = f"Changed: {moment(item.changed_at, zone)}" if item.changed_at else ""
    details = [_detail(*each) for each in item.details.items()]
    description = shorten(item.description, LONGEST_TEXT)
    return below_each_other(_stands(item), changed, *additional_lines(item.additional), *details, description)


def _detail(name: str, words: str) -> str:
    return f"{field_label(name)}: {shorten(flat(words), LONGEST_VALUE)}"


def _stands(item: ConfigurationItem) -> str:
    category = item.category.name if item.category else ""
    serial = f"serial {item.serial}" if item.serial else ""
    tag = f"tag {item.asset_tag}" if item.asset_tag else ""
    return below_each_other(dotted(item.state, category), dotted(serial, tag, item.responsible))


def _with_id(name: str, number: int) -> str:
    return f"{flat(name) or 'Without a name'} (#{number})"
