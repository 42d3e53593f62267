"""The only HTTP out. Every failure is a `ProviderError` that says whether the thing surely did not happen."""

from bot.http.answers import (
    Call,
    Response,
    no_answer,
    not_found,
    raise_for_page,
    raise_for_status,
    the_error,
    unjudged,
)
from bot.http.client import TOTAL_S, Api, Body, Http, Query, Upload, quiet_logs
from bot.http.pages import Page, read_pages
from bot.http.session import SessionKey
from bot.http.turns import Free, Paced, Turns
from bot.http.wire import Amount, Count, Flag, Id, Unreadable, Wire, Words

__all__ = [
    "TOTAL_S",
    "Amount",
    "Api",
    "Body",
    "Call",
    "Count",
    "Flag",
    "Free",
    "Http",
    "Id",
    "Paced",
    "Page",
    "Query",
    "Response",
    "SessionKey",
    "Turns",
    "Unreadable",
    "Upload",
    "Wire",
    "Words",
    "no_answer",
    "not_found",
    "quiet_logs",
    "raise_for_page",
    "raise_for_status",
    "read_pages",
    "the_error",
    "unjudged",
]
