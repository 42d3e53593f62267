"""Cards: payments, callbacks and tickets, each one message in a thread that is changed in place.

A card is a row of `cards`. Whatever is done to it outside is a row of `deeds`, which is on disk before the
call: the deed `create` has the provider make the thing, others remind, cancel, add a note. A worker does them
(`working.py`), one of a card at a time. What surely did not happen is tried again; what may have happened is
looked for, and then the card asks a person. Another worker asks the provider how the thing stands, often at first
and then less (`looking.py`); a webhook only says that it is time to ask, and may come before the answer to what
it is about. The card's message is a row of `messages`, drawn anew whenever the card changes.

To make another kind of card:

1. A member of `CardKind` in `bot/model/cards.py`, and a frozen dataclass for what such a card says, with
   `read(says)` and `says()`, as `PaymentTerms` of `bot/model/payments.py`. JSON stands in the database: add
   fields with a default.
2. How it looks, pure, in `bot/views/<kind>_card.py`, as `payment_card`: a heading, what the last deed came to
   (`deed_line` with the deeds in words), and buttons; its line in `bot/views/cards.py`. Buttons of its own are
   members of `CardAction`: `card:<the deed's word>`. `asking_buttons` gives those for a person's decision;
   a card that is `unfound` (somebody said that it was made, and the provider does not show it) has REFRESH and
   LEAVE.
3. `bot/flows/cards/<kind>.py`: a `CardFlow`, and its line in `registry.py`.
   - `read(case)` is one look at the provider, as a `Seen`: its id there, its state (a word of the kind), what
     the card says now, whether it is settled, and what the thread is told of it (the channel, of a card in
     nobody's thread), once for each topic; `News.broadcast` has it in both, `News.to` is who is mentioned.
     Without an id another card holds the thing, and this one is settled with the way there.
   - `deeds` by their words, `CREATE` among them. `call(case, deed)` makes one call and gives a `Seen`;
     `happened(case, deed)` looks whether it was done, and gives a `Seen` only as a proof (`shown_by` makes one
     of `read`; for `CREATE` look for `case.card.reference`, and take only what no other card holds:
     `case.free`). `rights` are the command and verb whose users may do it. Of deeds with one word `once` one
     may happen to a card. `harmless`: a second one is refused or changes nothing, so that it may be done without
     asking a person. `typed`: what somebody wrote for it in a window, which is given back when it fails.
   - A deed that carries words (a note) is queued by the form or command that asks for them:
     `bridge.store.deeds.add(card.uid, NewCardDeed(key=…, what=…, words=…, member=…))`.
   - `opens`: buttons that open a window instead, and the `Ask` that does it.
4. To make one: `bridge.store.cards.open(NewCard(…))`, at once and without asking the provider. `key` is
   `turn.given.key`; `reference` is ours and unique, and goes to the provider, who finds it again. With a line
   and a contact the card goes into their thread; without a line into `channel`. At `remind_at` the provider is
   asked in any case, so that `read` can tell what nobody did by then. For something that is at the provider
   already: `bridge.store.cards.adopt`.
5. A provider's webhook: `looking.reported(bridge, kind, provider, id)`.
6. Words for the log in `bot/views/deeds.py`: `<kind>_<deed>`, and `<kind>_approved`, `_again`, `_happened`,
   `_dropped`.
"""
