"""Every slash command, in one list: what people may type, and nothing else.

The parser, the help, the usage lines, "did you mean" and the Slack app's manifest are made from it.
"""

from bot.grammar.registry.callback import CALLBACK
from bot.grammar.registry.contact import CONTACT
from bot.grammar.registry.dialler import DIALLER
from bot.grammar.registry.lines import LINES
from bot.grammar.registry.lists import GROUP, LIST
from bot.grammar.registry.pay import PAY
from bot.grammar.registry.send import SEND
from bot.grammar.registry.text import TEXT
from bot.grammar.registry.thread import THREAD
from bot.grammar.registry.threadline import THREADLINE
from bot.grammar.registry.ticket import TICKET
from bot.grammar.shapes import Command, Verb

SERVED: tuple[Command, ...] = (  # what the bot answers
    TEXT,
    CONTACT,
    GROUP,
    LIST,
    PAY,
    LINES,
    SEND,
    CALLBACK,
    DIALLER,
    TICKET,
    THREADLINE,
)
COMMANDS: tuple[Command, ...] = (
    TEXT,
    CONTACT,
    GROUP,
    LIST,
    PAY,
    LINES,
    SEND,
    CALLBACK,
    DIALLER,
    TICKET,
    THREADLINE,
)
EVERY: tuple[Command, ...] = (*COMMANDS, THREAD)  # and what is only said in threads


def verb_of(command: str, verb: str) -> tuple[Command, Verb]:
    """A command and one of its verbs, by their ids. Raises `KeyError` for what is not on the list. Pure."""
    for each in EVERY:
        for form in each.verbs:
            if (each.name, form.id) == (command, verb):
                return each, form
    raise KeyError(f"{command}.{verb}")
