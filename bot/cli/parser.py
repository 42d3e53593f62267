"""What can be typed after `threadline`. Commands are imported when they run, so that `--help` is quick."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType

PROVIDERS = ("textrequest", "clicksend")
BY_HAND = ("asms",)  # whose webhooks nobody can register for them


def build_parser() -> argparse.ArgumentParser:
    """The whole command line. Without a command, or without what a group of commands does, it shows the help."""
    parser = argparse.ArgumentParser(
        prog="threadline", description="Texts with customers as Slack threads. Settings: see the README."
    )
    parser.set_defaults(command=_helps(parser))
    parser.add_argument("--version", action=_Version, nargs=0, help="show this version, and exit")
    commands = parser.add_subparsers(metavar="command")
    _command(commands, "run", "run the bot")
    _add_doctor(commands)
    _add_lines(commands)
    _add_manifest(commands)
    _command(commands, "providers", "show what each provider can be asked")
    _command(commands, "migrate", "bring the database to this version's schema, after a backup")
    backup = _command(commands, "backup", "copy the database, also while the bot runs")
    backup.add_argument("file", metavar="FILE", help="the new file; it must not exist")
    _add_demo(commands)
    return parser


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(import_module("bot.doctor.version").what_runs())
        parser.exit()


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, words: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
    parser.set_defaults(command=_later(f"bot.cli.{name}", "run"))
    return parser


def _helps(parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Show what can be typed, as a mistake."""

    def call(_: argparse.Namespace) -> int:
        parser.print_help(sys.stderr)
        return 2

    return call


def _later(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """Import and call only when the command runs."""

    def call(parsed: argparse.Namespace) -> int:
        return int(getattr(_import(module), function)(parsed))

    return call


def _import(name: str) -> ModuleType:
    """What is imported stays: the garbage collector looks through it neither meanwhile nor ever after."""
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()
        gc.enable()


def _add_doctor(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    doctor = _command(commands, "doctor", "check tokens, scopes, channels, providers, webhooks and the database")
    doctor.add_argument(
        "--live", metavar="#CHANNEL", help="post, read back, upload and delete in this channel, and time it"
    )


def _add_manifest(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    manifest = _command(commands, "manifest", "print the Slack app manifest")
    manifest.add_argument("--http", metavar="URL", help="for HTTP mode, at this public address")


def _add_demo(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    demo = _command(commands, "demo", "try it in a browser; needs no account and texts nobody")
    kinds = demo.add_mutually_exclusive_group()
    kinds.add_argument("--empty", action="store_true", help="begin without conversations")
    kinds.add_argument("--terminal", action="store_true", help="play a story in the terminal and exit")
    kinds.add_argument(
        "--script", metavar="FILE", help="play this story in the terminal; exit 0 only if every step arrived"
    )
    demo.add_argument("--no-browser", action="store_true", help="print the page's address, and open nothing")
    demo.add_argument(
        "--port",
        type=_port,
        metavar="N",
        help="the page's port; otherwise 8765 or the next free one",
    )


def _port(typed: str) -> int:
    port = int(typed) if typed.isdecimal() else -1
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return port


def _add_lines(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = commands.add_parser("lines", help="bind phone numbers to channels")
    group.set_defaults(command=_helps(group))
    lines = group.add_subparsers(metavar="action")
    add = lines.add_parser("add", help="bind a number to a channel, and register its webhooks")
    add.add_argument("provider", choices=PROVIDERS)
    add.add_argument("--number", required=True, help="the line's number, like +14235550100")
    add.add_argument("--channel", required=True, help="the Slack channel's id, like C0123ABCD")
    add.add_argument("--account", default="", help="Text Request: the dashboard's id")
    add.add_argument("--name", default="", help="what members call the line")
    add.add_argument(
        "--quiet", action="store_true", help="never send texts to the channel as well, only to their thread"
    )
    add.set_defaults(command=_later("bot.cli.lines", "add"))
    show = lines.add_parser("list", help="show the lines")
    show.set_defaults(command=_later("bot.cli.lines", "show"))
    remove = lines.add_parser("remove", help="unbind a number and take its webhooks away; keeps its messages")
    remove.add_argument("provider", nargs="?", choices=PROVIDERS, default=None)
    remove.add_argument("--number", required=True)
    remove.set_defaults(command=_later("bot.cli.lines", "remove"))
    rotate = lines.add_parser("rotate", help="make a new webhook secret; the old one works for 24 h more")
    rotate.add_argument("provider", choices=PROVIDERS)
    rotate.set_defaults(command=_later("bot.cli.lines", "rotate"))
    webhook = lines.add_parser("webhook", help="print the address for a webhook that somebody makes by hand")
    webhook.add_argument("provider", choices=BY_HAND)
    webhook.set_defaults(command=_later("bot.cli.lines", "webhook"))
