"""Where a story plays: one line, one channel, a contact centre, a service desk, the people by name, and what each
of them sees.

Slack's minutes are seconds here, so that an event missed by a dead bot comes again while people watch.
"""

from __future__ import annotations

from bot.sandbox.server import Sandbox
from bot.sandbox.slack.model import Kind, Member, Message
from bot.sandbox.story import centre, desk
from bot.sandbox.texts import e164

LINE, NUMBER, CHANNEL = "Sales line", "+14155550100", "sales-line"
RETRY_DELAYS_S = (0.0, 1.0, 5.0)


class UnknownContact(LookupError):
    """The story never gave this contact's number."""


class Stage:
    """Sets the sandbox up, and finds threads and phones by the contact's name."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.workspace, self.provider = sandbox.workspace, sandbox.textrequest
        self.workspace.rules.retry_delays_s = RETRY_DELAYS_S
        self.channel = self.workspace.add_channel(CHANNEL)
        self.dashboard = self.provider.add_dashboard(LINE, NUMBER)
        centre.furnish(sandbox.jtel)
        desk.furnish(sandbox.asms)
        self.numbers: dict[str, str] = {}
        self.names: dict[str, str] = {}  # by number, for the screen

    def meet(self, name: str, number: str) -> str:
        """The number of a contact, which the first step about them gives. Raises `UnknownContact`."""
        if number and not e164(number):
            raise UnknownContact(f"The number of {name} is none of North America, like +14155550134.")
        if number:
            self.numbers[name] = e164(number)
            self.names[self.numbers[name]] = name
        if name not in self.numbers:
            raise UnknownContact(f"Give the number of {name} where they first appear.")
        return self.numbers[name]

    def person(self, name: str, kind: Kind = Kind.FULL) -> Member:
        """A member by name, made and let into the channel when new."""
        try:
            member = self.workspace.member(name)
        except LookupError:
            member = self.workspace.add_member(name, kind=kind)
        self.channel.members.add(member.id)
        return member

    def root(self, contact: str) -> Message | None:
        """The newest root that names the contact, by number or by name."""
        number = self.meet(contact, "")
        for root in reversed(self.workspace.messages(self.channel)):
            words = self.workspace.words(root)
            if root.get("bot_id") and (number[-10:] in _digits(words) or contact in words):
                return root
        return None

    def thread(self, contact: str) -> list[Message]:
        """The contact's thread, its root first; empty when there is none."""
        root = self.root(contact)
        return self.workspace.thread(self.channel, root["ts"]) if root else []

    def lines(self, contact: str) -> list[str]:
        """What people read in the contact's thread."""
        return [self.workspace.words(message) for message in self.thread(contact)]

    def phone(self, contact: str) -> list[str]:
        """What the contact's phone got."""
        return [text.words for text in self.provider.texts_to(self.meet(contact, ""))]

    def whispers(self, member: str) -> list[Message]:
        """What only this member was shown, oldest first."""
        return [shown["message"] for shown in self.workspace.ephemerals(member)]

    def token(self, contact: str, description: str) -> str | None:
        """What the link ends with by which the contact pays for this; None when there is nothing to pay."""
        number = self.meet(contact, "")
        for payment in reversed(self.provider.payments.by_id.values()):
            if payment.is_open and payment.contact.number == number and payment.description == description:
                return payment.token
        return None

    def reports(self, contact: str, words: str) -> list[str]:
        """What the provider says of the texts to the contact that have these words."""
        number = self.meet(contact, "")
        return [text.status for text in self.provider.accepted(number) if words in text.words]

    def written(self, contact: str, words: str) -> Message | None:
        """The newest message of a member in the contact's thread that has these words."""
        for message in reversed(self.thread(contact)):
            if not message.get("bot_id") and words in self.workspace.words(message):
                return message
        return None


def _digits(words: str) -> str:
    return "".join(character for character in words if character.isdigit())
