"""Forms: windows in which people fill something in, one file a form.

A form opens by an `Ask` whose command is its name. A verb returns one (`return Ask("form:contact", words)`), a
button under an answer has one (`Choice("Edit", Ask("form:contact", f"{quote(number)} {from_key(line)}"))`), a
shortcut gives one. The words behind the name are read by the form's own grammar (`takes`) and are kept with a uid;
the window carries that uid and nothing else, so no number and no name is in it.

To write one:

1. Its fields, pure, in `bot/views/<form>.py`: a function that makes a `Drawn` of the fields of
   `bot/views/fields.py` (text, choice, choices, boxes, search, searches, date, time, file). A field's name is its
   block id.
2. `bot/flows/forms/<form>.py`: `_draw(turn)` reads what the fields begin with and gives the `Drawn`; it may ask a
   provider (the window says "One moment …" meanwhile). `turn` is that of a command: `turn.asked` has the words
   behind the name, and `line_and_provider`, `the_line`, `whom` work on it.
3. `_send(turn, sent)` does it and gives an `Answer`, whose buttons work in the window. `sent.text(name)`,
   `sent.many(name)` (of several, or ids of files) and `sent.has(name, box)` are what was put in. When a field is
   wrong: `raise Wrong(name, sentence)`. A file is read by `turn.bridge.slack.read_file`. `turn.given.key` is the
   same for the same form, however often it is sent: it makes what is kept one thing.
4. When `_send` asks a provider: `waits=True`. The window says "Working on it …", then shows the answer. Whatever
   certainly did not happen comes back as the form with what was typed, and the sentence at the field that
   `FieldRefused` names (`theirs` translates the provider's name). `_check(turn, sent)` is what needs no provider:
   it is done before, and its `Wrong` stands beside the field at once.
5. Menus with options from a provider: `search_field`, and `find={name: _find}`, where `_find(turn, typed)` gives
   the options for what was typed so far. Ask for as little as the provider can: it has two seconds.
6. Menus that depend on each other: a field with `redraws=True`, and `redraw=_redraw`, where `_redraw(turn, sent)`
   gives the form for what is chosen. A menu of other options gets another name, else Slack keeps the choice.
7. `NAME = Form("form:name", "Title", ("command", "verb"), _draw, _send, …)`, its place in `registry.py`, and what
   opens it in `tests/e2e/test_any_form.py`, which puts anything into it. Who
   may use that verb may use the form; that is looked at when it opens and when it is sent.
"""
