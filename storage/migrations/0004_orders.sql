-- Voice calls, faxes, letters and postcards: each on disk before the provider is asked.
create table orders (
  id integer primary key,
  member text not null,                  -- who ordered it
  provider text not null,
  kind text not null,                    -- voice, fax, letter, postcard
  lane text not null,                    -- where it goes, by which way
  token text not null unique,            -- ours; the provider gives it back where it can
  whom text not null,                    -- as people call it
  content text not null,                 -- what is asked of the provider, as JSON
  files text not null default '[]',      -- ids at Slack, as JSON
  price text not null default '',        -- that was shown, and that was charged, as JSON
  paid text not null default '',
  state text not null default 'waiting', -- for the member's say; queued, sending, done, failed, uncertain
  attempts bigint not null default 0,    -- tells one try from another
  looks bigint not null default 0,
  due_at bigint not null,                -- when it is to be sent, or looked for; of one under way the end of its lease
  created_at bigint not null,
  queued_at bigint,
  claimed_at bigint,
  provider_id text,
  delivery text not null default '',
  keys text not null default '',
  code text not null default '',
  why text not null default '',
  news bigint not null default 0,        -- what is to be told, counted
  told bigint not null default 0,        -- how much of it was told
  channel text,
  ts text,
  thread_ts text
);
create unique index orders_in_flight on orders (lane) where state = 'sending';
create unique index orders_by_provider_id on orders (provider, kind, provider_id) where provider_id is not null;
create index orders_due on orders (due_at);
create index orders_untold on orders (id) where news > told;
