"""What people type, and what it means: at least one example for every verb on the list.

Now is Wednesday, 4 March 2026, 12:00 in New York.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.grammar.values import AgentGroup, DiallerKey, Mention, Named, To, Value
from bot.model import Number

ANA = Number("+14155550134")
ANA_SURE = To(ANA, ANA, sure=True)
ANA_SPACED = To(ANA, ANA, sure=False)
MARIA = To(None, "Maria", sure=False)
MARIA_LOPEZ = To(None, "Maria Lopez", sure=False)
SALES = Named(None, "Sales")


def new_york(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of early March 2026, before clocks are put forward."""
    return datetime(2026, 3, day, hour + 5, minute, tzinfo=UTC)


# What is typed behind the command's name; the verb's id; what it says.
Example = tuple[str, str, Mapping[str, Value]]

TEXT: list[Example] = [
    ("help", "help", {}),
    ("", "open", {}),
    ("  ", "open", {}),
    ("4155550134 hello", "send", {"to": ANA_SURE, "words": "hello"}),
    ("+1 415 555 0134 hello", "send", {"to": ANA_SPACED, "words": "hello"}),
    ('"+1 415 555 0134" hello', "send", {"to": ANA_SURE, "words": "hello"}),
    ("Maria Is 3 pm\nstill free?", "send", {"to": MARIA, "words": "Is 3 pm\nstill free?"}),
    ('"Maria Lopez" "Hello, you"', "send", {"to": MARIA_LOPEZ, "words": "Hello, you"}),
    ('Maria "Hi" she said "bye"', "send", {"to": MARIA, "words": '"Hi" she said "bye"'}),
    ("Maria a 6\" pipe isn't long", "send", {"to": MARIA, "words": "a 6\" pipe isn't long"}),
    (r"Maria \"hi\"", "send", {"to": MARIA, "words": '"hi"'}),
    ("Maria a=b &amp; c=d", "send", {"to": MARIA, "words": "a=b & c=d"}),
    ("Maria from=Sales hi\nthere", "send", {"to": MARIA, "from": SALES, "words": "hi\nthere"}),
    ("Maria hi from=Sales  there", "send", {"to": MARIA, "from": SALES, "words": "hi there"}),
    ("Maria hi  from=Sales\n\nthere", "send", {"to": MARIA, "from": SALES, "words": "hi\n\nthere"}),
    ("Maria hi\nfrom=Sales\nthere", "send", {"to": MARIA, "from": SALES, "words": "hi\nthere"}),
    ("from=Sales Maria hi", "send", {"to": MARIA, "from": SALES, "words": "hi"}),
    ('Maria "from=Sales was said"', "send", {"to": MARIA, "words": "from=Sales was said"}),
    ('"help" Maria', "send", {"to": To(None, "help", sure=False), "words": "Maria"}),
    ('"history" Maria', "send", {"to": To(None, "history", sure=False), "words": "Maria"}),
    ("history Maria", "history", {"to": MARIA}),
    ("HISTORY +1 415 555 0134", "history", {"to": ANA_SPACED}),
    ("inbox", "inbox", {}),
    ("inbox open", "inbox", {"which": "open"}),
    ("inbox broken pump", "inbox", {"words": "broken pump"}),
    ("inbox all tag=vip,lead pump", "inbox", {"which": "all", "tag": ("vip", "lead"), "words": "pump"}),
    ('inbox "open" door', "inbox", {"words": '"open" door'}),
    ("archive Maria", "archive", {"to": MARIA}),
    ("unarchive 4155550134", "unarchive", {"to": ANA_SURE}),
    ("locate Maria Where are you?", "locate", {"to": MARIA, "words": "Where are you?"}),
]

CONTACT: list[Example] = [
    ("Help", "help", {}),
    ("", "help", {}),
    ("Maria", "show", {"to": MARIA}),
    ("(415) 555-0134", "show", {"to": ANA_SPACED}),
    ("find", "find", {}),
    ("find Maria", "find", {"words": "Maria"}),
    (
        "find opted-out=no Blocked=yes group=12,VIP created-after=2026-03-01 lastSentBefore=today",
        "find",
        {
            "opted-out": False,
            "blocked": True,
            "group": (Named(12, "12"), Named(None, "VIP")),
            "created-after": new_york(1),
            "last-sent-before": new_york(4),
        },
    ),
    (
        'save 4155550134 first=Ana note="likes, commas" tags="vip, second lead" groups=',
        "save",
        {"to": ANA_SURE, "first": "Ana", "note": "likes, commas", "tags": ("vip", "second lead"), "groups": ()},
    ),
    (
        "save Maria note= suppressed=on reason=moved",
        "save",
        {"to": MARIA, "note": "", "suppressed": True, "reason": "moved"},
    ),
    ("import", "import", {}),
    ("delete Maria", "delete", {"to": MARIA}),
    ("tags", "tags", {}),
    ("fields from=12", "fields", {"from": Named(12, "12")}),
]

GROUP: list[Example] = [
    ("help", "help", {}),
    ("", "all", {}),
    ("538", "show", {"group": Named(538, "538")}),
    ('"538"', "show", {"group": Named(None, "538")}),
    ('"VIP customers"', "show", {"group": Named(None, "VIP customers")}),
    ("new VIP customers note=x", "new", {"name": "VIP customers", "note": "x"}),
    ("edit 538 name=Regulars", "edit", {"id": 538, "name": "Regulars"}),
    ("delete #538", "delete", {"group": Named(538, "#538")}),
    ('delete "VIP customers"', "delete", {"group": Named(None, "VIP customers")}),
]

LIST: list[Example] = [
    ("help", "help", {}),
    ("", "all", {}),
    ("Spring", "show", {"list": Named(None, "Spring")}),
    ("find Ana", "find", {"words": "Ana"}),
    ("new Spring sale", "new", {"name": "Spring sale"}),
    ("delete 428", "delete", {"list": Named(428, "428")}),
    (
        "add Spring +1 415 555 0134 Ana Ruiz email=ana@b.example Postal-Code=12345",
        "add",
        {
            "list": Named(None, "Spring"),
            "to": ANA_SPACED,
            "first": "Ana",
            "last": "Ruiz",
            "email": "ana@b.example",
            "postal-code": "12345",
        },
    ),
    ("remove 428 77", "remove", {"list": Named(428, "428"), "contact": Named(77, "77")}),
]

PAY: list[Example] = [
    ("Help", "help", {}),
    ("", "help", {}),
    ("1042", "show", {"id": 1042}),
    ("4155550134", "show", {"id": 4155550134}),
    ("Maria 45 Deposit", "request", {"to": MARIA, "amount": "45", "description": "Deposit"}),
    (
        "+1 415 555 0134 $45.50 Deposit for the boat ref=B-7 message=Thanks!",
        "request",
        {
            "to": ANA_SPACED,
            "amount": "$45.50",
            "description": "Deposit for the boat",
            "ref": "B-7",
            "message": "Thanks!",
        },
    ),
    ("4155550134 1,250.00€ Roof", "request", {"to": ANA_SURE, "amount": "1,250.00€", "description": "Roof"}),
    ("list", "list", {}),
    (
        'list to="Maria Lopez" sort=Amount DESC ref=B-7',
        "list",
        {"to": MARIA_LOPEZ, "sort": "amount", "order": "desc", "ref": "B-7"},
    ),
    ("remind 1042", "remind", {"id": 1042}),
    ("cancel #1042", "cancel", {"id": 1042}),
    ("paid 1042", "paid", {"id": 1042}),
]

LINE: list[Example] = [
    ("help", "help", {}),
    ("", "all", {}),
    ("Sales", "show", {"line": SALES}),
    ("rename Sales Front desk", "rename", {"line": SALES, "name": "Front desk"}),
    ('new "Front desk" +1 415 555 0134', "new", {"name": "Front desk", "number": ANA}),
    ('new Desk "+1 415 555 0134"', "new", {"name": "Desk", "number": ANA}),
    ("delete-dashboard Sales", "delete-dashboard", {"line": SALES}),
    ("connect Sales #front-desk", "connect", {"line": SALES, "channel": Mention(None, "front-desk")}),
    ("connect Sales <#C123|sales>", "connect", {"line": SALES, "channel": Mention("C123", "sales")}),
    ("disconnect Sales", "disconnect", {"line": SALES}),
    ("settings 12", "settings", {"line": Named(12, "12")}),
]

SEND: list[Example] = [
    ("Help", "help", {}),
    ("", "help", {}),
    (
        "voice Maria require-input Press 1 lang=de-de voice=male to confirm machine-detection",
        "voice",
        {
            "to": MARIA,
            "words": "Press 1 to confirm",
            "lang": "de-de",
            "voice": "male",
            "require-input": "require-input",
            "machine-detection": "machine-detection",
        },
    ),
    ("fax Maria https://b.example/x.pdf?a=b", "fax", {"to": MARIA, "url": "https://b.example/x.pdf?a=b"}),
    ("fax Maria <https://b.example/x.pdf>", "fax", {"to": MARIA, "url": "https://b.example/x.pdf"}),
    ("voice", "voice", {}),
    ("voice Maria", "voice", {"to": MARIA}),
    ("fax Maria", "fax", {"to": MARIA}),
    ("letter", "letter", {}),
    ("postcard", "postcard", {}),
    ("start 12", "start", {"id": 12}),
    ("orders page=2", "orders", {}),
    ("order #12", "order", {"id": 12}),
    ("check 12", "check", {"id": 12}),
]

CALLBACK: list[Example] = [
    ("help", "help", {}),
    ("", "open", {}),
    ("2039", "show", {"id": 2039}),
    ("#4155550134", "show", {"id": 4155550134}),
    ("4155550134", "queue", {"to": ANA_SURE}),
    ("Maria", "queue", {"to": MARIA}),
    ("Maria printer broken", "queue", {"to": MARIA, "subject": "printer broken"}),
    (
        "Maria tomorrow 10:00 printer broken",
        "queue",
        {"to": MARIA, "when": new_york(5, 10), "subject": "printer broken"},
    ),
    ('Maria "tomorrow 10:00"', "queue", {"to": MARIA, "subject": "tomorrow 10:00"}),
    (
        "+1 415 555 0134 in 2h group=240/241 agent=3 priority=0 receiver=4155550134"
        " crm=https://b.example data=x body=y",
        "queue",
        {
            "to": ANA_SPACED,
            "when": new_york(4, 14),
            "group": AgentGroup(pair=(240, 241)),
            "agent": Named(3, "3"),
            "priority": 0,
            "receiver": ANA,
            "crm": "https://b.example",
            "data": "x",
            "body": "y",
        },
    ),
    ("Maria group=Support", "queue", {"to": MARIA, "group": AgentGroup(Named(None, "Support"))}),
    ("list", "list", {}),
    ("groups", "groups", {}),
    ("groups Support", "groups", {"group": Named(None, "Support")}),
    ("types", "types", {}),
    ("states", "states", {}),
]

DIALLER: list[Example] = [
    ("help", "help", {}),
    ("", "all", {}),
    ('"Campaign 1000"', "show", {"campaign": Named(None, "Campaign 1000")}),
    ("results 538", "results", {"campaign": Named(538, "538")}),
    ("clone 538 Summer data=x", "clone", {"from": Named(538, "538"), "to": "Summer", "data": "x"}),
    ("delete 538", "delete", {"campaign": Named(538, "538")}),
    ("contacts all", "contacts", {"campaign": "all"}),
    ('contacts "all"', "contacts", {"campaign": Named(None, "all")}),
    ("contact 215395", "contact", {"contact": DiallerKey(id=215395)}),
    ('contact data:"two words"', "contact", {"contact": DiallerKey(data="two words")}),
    (
        "add 538 Mustermann +49 199 12345678 4155550134 data=x overwrite=no city=Bonn",
        "add",
        {
            "campaign": Named(538, "538"),
            "name": "Mustermann",
            "number": (Number("+4919912345678"), ANA),
            "data": "x",
            "overwrite": False,
            "city": "Bonn",
        },
    ),
    (
        "update data:a=b PostalCode=12345 phone-number2=4155550134",
        "update",
        {"contact": DiallerKey(data="a=b"), "postal-code": "12345", "phone-number2": ANA},
    ),
    ("drop 215395", "drop", {"contact": DiallerKey(id=215395)}),
    ("lock data:CON1", "lock", {"contact": DiallerKey(data="CON1")}),
    ("unlock data:CON1", "unlock", {"contact": DiallerKey(data="CON1")}),
    ("reset 215395", "reset", {"contact": DiallerKey(id=215395)}),
    ("history 215395", "history", {"contact": DiallerKey(id=215395)}),
]

TICKET: list[Example] = [
    ("help", "help", {}),
    ("", "open", {}),
    ("RF-200", "show", {"code": "RF-200"}),
    ("new Printer is broken", "new", {"subject": "Printer is broken"}),
    (
        f'new to="{ANA}" from=Sales printer broken',
        "new",
        {"to": ANA_SURE, "from": SALES, "subject": "printer broken"},
    ),
    (
        "new Printer is broken type=incident project=12 urgency=High",
        "new",
        {
            "subject": "Printer is broken",
            "type": "incident",
            "project": Named(12, "12"),
            "urgency": Named(None, "High"),
        },
    ),
    ("find hot water", "find", {"words": "hot water"}),
    (
        "find state=open opened-after=yesterday",
        "find",
        {"state": Named(None, "open"), "opened-after": new_york(3)},
    ),
    ('update RF-200 commentary="Reset."', "update", {"code": "RF-200", "commentary": "Reset."}),
    ("note RF-200 Called\nback", "note", {"code": "RF-200", "words": "Called\nback"}),
    ("attach RF-200", "attach", {"code": "RF-200"}),
    ("files RF-200", "files", {"code": "RF-200"}),
    ("file RF-200 902", "file", {"code": "RF-200", "id": 902}),
    ("history RF-200", "history", {"code": "RF-200"}),
    ("queue Ticket opened data=7", "queue", {"subject": "Ticket opened", "data": "7"}),
    ("kb boiler folder=3", "kb", {"words": "boiler", "folder": Named(3, "3")}),
    ("kb boiler project=IT", "kb", {"words": "boiler", "project": Named(None, "IT")}),
    ('kb "file" cabinet', "kb", {"words": '"file" cabinet'}),
    ("kb file 7 902", "kb file", {"article": 7, "id": 902}),
    ("ci find boiler", "ci find", {"words": "boiler"}),
    ("ci find serial=BX-1009", "ci find", {"serial": "BX-1009"}),
    ("ci show 991", "ci show", {"id": 991}),
    ("ci new Boiler 4B category=55", "ci new", {"name": "Boiler 4B", "category": Named(55, "55")}),
    ("ci update 991 price=45.50", "ci update", {"id": 991, "price": "45.50"}),
]

THREADLINE: list[Example] = [
    ("Help", "help", {}),
    ("", "help", {}),
    ("doctor", "doctor", {}),
    ("stats", "stats", {}),
    ("stats 7 from=Sales", "stats", {"days": 7, "from": SALES}),
    ("stats 365", "stats", {"days": 365}),
    ("audit to=4155550134 by=@dana", "audit", {"to": ANA_SURE, "by": Mention(None, "dana")}),
    ("audit by=<@U123|dana>", "audit", {"by": Mention("U123", "dana")}),
]

EXAMPLES: Mapping[str, list[Example]] = {
    "text": TEXT,
    "contact": CONTACT,
    "group": GROUP,
    "list": LIST,
    "pay": PAY,
    "line": LINE,
    "send": SEND,
    "callback": CALLBACK,
    "dialler": DIALLER,
    "ticket": TICKET,
    "threadline": THREADLINE,
}
