-- What a button under an answer asks for: commands, as if the member had typed them.
create table questions (
  id integer primary key,
  uid text not null unique,              -- stands in the buttons' values, and nothing else of it
  member text not null,                  -- who asked, and whose buttons they are
  channel text not null,
  asks text not null,                    -- one for each button, as JSON
  once bigint not null,                  -- the first click decides
  settled_by text not null default '',
  created_at bigint not null
);
create index questions_by_age on questions (created_at);

-- What it was done to, when that is no message: a group, a campaign.
alter table audit add column about text not null default '';

alter table members add column zone text not null default '';

-- Who is in a channel or a user group, as Slack said last.
create table circles (
  id text primary key,
  members text not null,                 -- ids, one space between them
  checked_at bigint not null
);

-- The text goes out with a question for the contact's location; the answer comes with the text's token.
alter table messages add column asks_location bigint not null default 0;

-- Contacts of a file on their way to the provider. A row is gone as soon as it is done, and the contacts with it.
create table imports (
  id integer primary key,
  member text not null,
  line_id bigint not null references lines (id),
  file text not null,                    -- its name
  header text not null,                  -- of its columns, as JSON
  rows_to_save text not null,            -- as JSON
  failed text not null,                  -- what was not saved, and why, as JSON
  done bigint not null default 0,        -- how many of the rows were tried
  tries bigint not null default 0,       -- of those that come next, without an answer
  state text not null default 'waiting', -- for the member's say; running, stopped
  question text not null default '',     -- what the button of its message carries
  channel text,
  ts text,
  created_at bigint not null
);
