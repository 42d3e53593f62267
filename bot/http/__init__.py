"""The only HTTP out. Every failure is a `ProviderError` that says whether the thing surely did not happen."""

from bot.http.answers import Call, Response, no_answer, raise_for_status
from bot.http.client import TOTAL_S, Api, Http, quiet_logs
from bot.http.turns import Free, Paced, Turns
from bot.http.wire import Unreadable, Wire, Words

__all__ = [
    "TOTAL_S",
    "Api",
    "Call",
    "Free",
    "Http",
    "Paced",
    "Response",
    "Turns",
    "Unreadable",
    "Wire",
    "Words",
    "no_answer",
    "quiet_logs",
    "raise_for_status",
]
