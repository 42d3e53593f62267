-- Cards: payments, callbacks and tickets, each a message in a thread that is changed in place. What a card says is
-- JSON of its kind; its place in Slack, and whether what stands there is out of date, is its row in messages.
create table cards (
  id integer primary key autoincrement,
  key text not null unique,              -- what was asked for may arrive twice
  uid text not null unique,              -- stands in the buttons' values, and nothing else of it
  kind text not null,                    -- payment, callback, ticket
  conversation_id bigint references conversations (id),
  line_id bigint references lines (id),
  provider text not null,
  provider_id text,                      -- null: the provider has it not, or nobody knows as which
  reference text not null,               -- given to the provider, and by it looked for there
  title text not null,                   -- a few words for lists and the log
  says text not null,                    -- as JSON
  state text not null default '',        -- a word of the kind; '' until the provider said anything
  settled bigint not null default 0,     -- nothing happens to it any more
  author text not null,                  -- who asked for it
  version bigint not null default 1,     -- of what the card should say
  message_id bigint references messages (id),
  look_due_at bigint,                    -- when the provider is asked again; null: it is not followed
  created_at bigint not null,
  state_at bigint not null               -- since when it is in this state
);
create unique index cards_provider_id on cards (provider, kind, provider_id) where provider_id is not null;
create unique index cards_by_message on cards (message_id) where message_id is not null;
create index cards_to_look_at on cards (kind, look_due_at) where look_due_at is not null;
create index cards_open on cards (kind, id) where settled = 0;

-- One row = one outside effect on a card. Its intent is here before the call.
create table deeds (
  id integer primary key autoincrement,
  key text not null unique,              -- the same click twice is one row
  card_id bigint not null references cards (id),
  provider text not null,
  what text not null,                    -- create, or a word of the kind
  once text not null default '',         -- of deeds with the same word one may happen to a card; '' for any number
  words text not null default '',        -- what it carries: a note
  member text not null,
  state text not null,                   -- waiting, queued, sending, done, failed, uncertain, dropped
  due_at bigint not null,
  attempts bigint not null default 0,    -- every claim counts; it fences off a worker that lost its lease
  looks bigint not null default 0,       -- look-ups since the last try
  lease_until bigint,
  claimed_at bigint,                     -- the last try
  tried_at bigint,                       -- the first try since it was queued by somebody
  reason text not null default '',       -- why it failed, as a sentence
  code text not null default '',
  settled_by text not null default '',   -- who approved it, or decided what became of it
  created_at bigint not null,
  finished_at bigint
);
-- Two members' clicks at once are one call: what failed, or was dropped, makes room for another try.
create unique index deeds_once on deeds (card_id, once)
  where once <> '' and state <> 'failed' and state <> 'dropped';
create unique index deeds_in_flight on deeds (card_id) where state = 'sending';
create index deeds_due on deeds (provider, due_at, id) where state = 'queued';
create index deeds_lane on deeds (card_id, id) where state = 'queued';
create index deeds_lease on deeds (lease_until) where state = 'sending';
create index deeds_by_card on deeds (card_id, id);
