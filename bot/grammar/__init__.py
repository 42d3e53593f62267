"""What people type behind a slash command, and what it means. Pure: no store and no provider is asked.

`parse(command, text, context)` is an `Asked`, or a `UsageError` that says what to type instead; `COMMANDS` is the
one list that everything else is made from.
"""

from bot.grammar.again import with_key, with_page, with_word
from bot.grammar.help import CommandHelp, HelpLine, all_help, command_help, command_meant
from bot.grammar.lexer import quote
from bot.grammar.parse import Asked, parse, verb_missed
from bot.grammar.registry import COMMANDS, EVERY, SERVED, verb_of
from bot.grammar.shapes import Asks, Command, Verb, Who
from bot.grammar.spoken import ask_in_thread, thread_help, word_said
from bot.grammar.usage import hint, usage
from bot.grammar.values import AgentGroup, Context, DiallerKey, Mention, Named, To, Value
from bot.grammar.when import When, read_moment, read_when, refuse_twice, typed_when

__all__ = [
    "COMMANDS",
    "EVERY",
    "SERVED",
    "AgentGroup",
    "Asked",
    "Asks",
    "Command",
    "CommandHelp",
    "Context",
    "DiallerKey",
    "HelpLine",
    "Mention",
    "Named",
    "To",
    "Value",
    "Verb",
    "When",
    "Who",
    "all_help",
    "ask_in_thread",
    "command_help",
    "command_meant",
    "hint",
    "parse",
    "quote",
    "read_moment",
    "read_when",
    "refuse_twice",
    "thread_help",
    "typed_when",
    "usage",
    "verb_missed",
    "verb_of",
    "with_key",
    "with_page",
    "with_word",
    "word_said",
]
