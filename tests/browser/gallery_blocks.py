"""Every block and element there is, as an app would post them."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(label: str, more: str = "") -> Json:
    made: Json = {"text": plain(label), "value": label.lower().replace(" ", "_")}
    return made | ({"description": plain(more)} if more else {})


def leaf(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def section(*leaves: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(leaves)}


OPTIONS = [option("First"), option("Second", "with more about it"), option("Third")]


def rich_text(user: str, channel: str) -> Json:
    """Every part and every leaf of rich text."""
    return {
        "type": "rich_text",
        "elements": [
            section(
                leaf("plain "),
                leaf("bold ", bold=True),
                leaf("italic ", italic=True),
                leaf("struck ", strike=True),
                leaf("underlined ", underline=True),
                leaf("code", code=True),
                leaf(" marked ", highlight=True),
                leaf("all of it", bold=True, italic=True, strike=True),
            ),
            section(
                {"type": "user", "user_id": user},
                leaf(" in "),
                {"type": "channel", "channel_id": channel},
                leaf(" for "),
                {"type": "broadcast", "range": "here"},
                leaf(" of "),
                {"type": "usergroup", "usergroup_id": "S0GROUP"},
                leaf(" and "),
                {"type": "team", "team_id": "T0TEAM"},
                leaf(": "),
                {"type": "link", "url": "https://example.com/", "text": "a link"},
                leaf(", "),
                {"type": "link", "url": "javascript:alert(1)", "text": "a trap"},
                leaf(" "),
                {"type": "emoji", "name": "wave", "skin_tone": 3},
                {"type": "emoji", "name": "no_such_emoji"},
                leaf(" "),
                {"type": "color", "value": "#2a9d8f"},
                leaf(" "),
                {
                    "type": "date",
                    "timestamp": 1_700_000_000,
                    "format": "{date_long} at {time}",
                    "fallback": "then",
                },
            ),
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [section(leaf("a point")), section(leaf("another"))],
            },
            {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [section(leaf("below it"))]},
            {"type": "rich_text_list", "style": "ordered", "offset": 2, "elements": [section(leaf("the third"))]},
            {"type": "rich_text_quote", "elements": [leaf("said somebody")]},
            {"type": "rich_text_preformatted", "elements": [leaf("if (a < b) {\n  go();\n}")]},
        ],
    }


def layout(user: str, channel: str) -> list[Json]:
    """Every block that is only looked at."""
    words = (
        f"*bold* _italic_ ~struck~ `code` <https://example.com/|a link> <@{user}> <#{channel}> <!here> "
        ":tada: &lt;b&gt;"
    )
    return [
        {"type": "header", "text": plain("A header :sparkles:")},
        {"type": "section", "text": mrkdwn(f"{words}\n&gt; quoted\n```a < b```")},
        {
            "type": "section",
            "fields": [mrkdwn("*Amount*\n$45.00"), mrkdwn("*Due*\n<!date^1700000000^{date_num}|x>")],
        },
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("context with *weight*"), plain(":eyes: and plain")]},
        {
            "type": "image",
            "image_url": "https://example.com/cat.png",
            "alt_text": "a cat",
            "title": plain("Picture"),
        },
        {
            "type": "markdown",
            "text": "## A heading\n\n- one\n- **two**\n\n[a link](https://example.com/) and `code`",
        },
        {
            "type": "table",
            "rows": [
                [{"type": "raw_text", "text": "Name"}, {"type": "raw_text", "text": "Owes"}],
                [
                    {"type": "raw_text", "text": "Maria"},
                    {"type": "rich_text", "elements": [section(leaf("$45", bold=True))]},
                ],
            ],
        },
        {"type": "video", "title": plain("A film"), "video_url": "https://example.com/v", "alt_text": "film"},
    ]


def buttons() -> list[Json]:
    """Every element that stands in a message."""
    confirm = {
        "title": plain("Refund $45.00?"),
        "text": mrkdwn("Maria gets *all of it* back."),
        "confirm": plain("Refund"),
        "deny": plain("Keep it"),
        "style": "danger",
    }
    return [
        {
            "type": "actions",
            "block_id": "plain_buttons",
            "elements": [
                {"type": "button", "action_id": "open", "text": plain("Open a modal"), "style": "primary"},
                {
                    "type": "button",
                    "action_id": "refund",
                    "text": plain("Refund"),
                    "style": "danger",
                    "confirm": confirm,
                    "value": "17",
                },
                {"type": "button", "action_id": "late", "text": plain("Never answered")},
                {"type": "overflow", "action_id": "more", "options": OPTIONS},
            ],
        },
        {
            "type": "actions",
            "block_id": "menus",
            "elements": [
                {
                    "type": "static_select",
                    "action_id": "one",
                    "placeholder": plain("Pick one"),
                    "options": OPTIONS,
                },
                {"type": "users_select", "action_id": "person", "placeholder": plain("Pick somebody")},
                {"type": "channels_select", "action_id": "channel", "placeholder": plain("Pick a channel")},
                {
                    "type": "external_select",
                    "action_id": "external",
                    "placeholder": plain("Ask the app"),
                    "min_query_length": 1,
                },
                {"type": "datepicker", "action_id": "day", "initial_date": "2026-12-01"},
                {"type": "timepicker", "action_id": "hour", "initial_time": "09:30"},
            ],
        },
        {
            "type": "section",
            "block_id": "boxes",
            "text": mrkdwn("Boxes beside words"),
            "accessory": {
                "type": "checkboxes",
                "action_id": "boxes",
                "options": OPTIONS,
                "initial_options": [OPTIONS[0]],
            },
        },
        {
            "type": "section",
            "block_id": "radios",
            "text": mrkdwn("One of three"),
            "accessory": {"type": "radio_buttons", "action_id": "radios", "options": OPTIONS},
        },
    ]


def field(name: str, element: Json, label: str, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {"action_id": name, **element},
        **more,
    }


MORE: tuple[tuple[str, str, Json], ...] = (
    ("long", "Long", {"type": "plain_text_input", "multiline": True, "initial_value": "As it began"}),
    ("mail", "Mail", {"type": "email_text_input"}),
    ("number", "Number", {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}),
    ("address", "Address", {"type": "url_text_input"}),
    ("one", "One", {"type": "static_select", "options": OPTIONS, "initial_option": OPTIONS[1]}),
    ("many", "Many", {"type": "multi_static_select", "options": OPTIONS}),
    ("people", "People", {"type": "multi_users_select"}),
    ("place", "Place", {"type": "conversations_select"}),
    ("day", "Day", {"type": "datepicker"}),
    ("hour", "Hour", {"type": "timepicker"}),
    ("moment", "Moment", {"type": "datetimepicker"}),
    ("boxes", "Boxes", {"type": "checkboxes", "options": OPTIONS}),
    ("radios", "Radios", {"type": "radio_buttons", "options": OPTIONS}),
    ("rich", "Rich", {"type": "rich_text_input"}),
    ("files", "Files", {"type": "file_input"}),
)


def modal() -> Json:
    """A modal with an input of every kind; only the first one must be filled in."""
    words = {"type": "plain_text_input", "placeholder": plain("Some words")}
    return {
        "type": "modal",
        "callback_id": "gallery",
        "title": plain("Every input"),
        "submit": plain("Send"),
        "close": plain("Cancel"),
        "notify_on_close": True,
        "blocks": [
            field("words", words, "Words", hint=plain("Try: wrong, update, push")),
            *(field(name, element, label, optional=True) for name, label, element in MORE),
        ],
    }


def note(title: str, words: str, callback_id: str = "note") -> Json:
    """A modal that only says something."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title),
        "blocks": [{"type": "section", "text": mrkdwn(words)}],
    }


def home() -> Json:
    """An App Home."""
    press = {"type": "button", "action_id": "home_button", "text": plain("Press")}
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("At home")},
            {"type": "section", "text": mrkdwn("Nothing is waiting."), "accessory": press},
        ],
    }
