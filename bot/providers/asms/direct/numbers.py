"""Which ticket a code means, where tickets are known by number. Pure.

By default a code ends with the number, or has it behind its letters: RF-59557 and IM-84411-19-100866 are tickets
59557 and 84411. A project may write its codes otherwise, so what is read by such a number is the ticket only if it
has the code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.errors import UsageError
from bot.model import TicketCode
from bot.providers.asms.asking import is_code

_DIGITS = re.compile(r"[0-9]{1,18}")


def numbers_in(ticket: TicketCode) -> Sequence[int]:
    """The numbers that the ticket may have, the likeliest first. Raises `UsageError` for what can be no code."""
    if not is_code(ticket):
        raise UsageError("A ticket is known by its code: the project's letters, a dash and a number.")
    digits = [int(each) for each in _DIGITS.findall(ticket)]
    likely = dict.fromkeys(number for number in (*digits[-1:], *digits[:1]) if number)
    return tuple(likely)
