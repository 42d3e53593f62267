"""`/line`: the numbers that the business owns, and the channels that mirror them."""

from collections.abc import Mapping

from bot.flows.commands.line.bound import connect, disconnect, settings
from bot.flows.commands.line.managed import delete, new, rename
from bot.flows.commands.line.shown import every, show
from bot.flows.commands.turn import Verb

LINE: Mapping[str, Verb] = {
    "all": every,
    "show": show,
    "rename": rename,
    "new": new,
    "delete-dashboard": delete,
    "connect": connect,
    "disconnect": disconnect,
    "settings": settings,
}
