"""*Request payment*: from the root card, from a message's menu, and for anybody."""

from __future__ import annotations

from bot.capabilities import TakesPayments
from bot.errors import UsageError
from bot.flows import payments
from bot.flows.commands.provided import lines_that, the_provider
from bot.flows.commands.turn import Turn
from bot.flows.forms.addressed import line_chosen, line_to_begin_with, whom_typed
from bot.flows.forms.form import Form, Wrong, needed
from bot.flows.payments import PaymentDraft
from bot.grammar import To, Verb
from bot.grammar.shapes import LINE, Kind, Parameter
from bot.model import Money
from bot.money import parse_amount
from bot.views import payment_form as view
from bot.views.answers import Answer
from bot.views.forms import Drawn, Sent

REQUEST = "form:payment"
_NO_DESCRIPTION = "Say what it is for, so that you find it again."
_EXAMPLE_MINOR = 4500


async def _draw(turn: Turn) -> Drawn:
    lines, to = lines_that(turn, TakesPayments), turn.asked.find("to", To)
    example = Money(_EXAMPLE_MINOR, the_provider(turn, TakesPayments).currency)
    begin = line_to_begin_with(turn, lines)
    return view.payment_form(lines, begin, to.name if to else "", message=payments.default_message(example))


async def _send(turn: Turn, sent: Sent) -> Answer:
    """Nothing is asked of a provider here: what is wrong stands beside its field at once."""
    chosen = sent.text(view.LINE)
    line = line_chosen(lines_that(turn, TakesPayments), chosen, view.LINE if chosen else view.TO)
    amount = _amount(turn, sent.text(view.AMOUNT))
    draft = PaymentDraft(
        line=line,
        whom=await whom_typed(turn, line, sent.text(view.TO), view.TO),
        amount=amount,
        description=needed(sent, view.DESCRIPTION, _NO_DESCRIPTION),
        message=sent.text(view.MESSAGE).strip() or payments.default_message(amount),
        reference=sent.text(view.REFERENCE),
        author=turn.given.member,
    )
    try:
        payments.refuse(turn.bridge, draft)
    except UsageError as error:
        raise Wrong(view.TO, str(error)) from error
    return await payments.ask_for(turn.bridge, draft, turn.given.key)


def _amount(turn: Turn, typed: str) -> Money:
    try:
        return parse_amount(typed, the_provider(turn, TakesPayments).currency)
    except UsageError as error:
        raise Wrong(view.AMOUNT, str(error)) from error


PAYMENT = Form(
    REQUEST,
    "Request a payment",
    ("pay", "request"),
    _draw,
    _send,
    takes=Verb("", "", (Parameter("to", Kind.TO, optional=True),), (LINE,)),
)
