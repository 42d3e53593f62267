alter table conversations add column done_at bigint not null default 0;
alter table conversations add column archived bigint not null default 0;
alter table conversations add column blocked bigint not null default 0; -- the provider takes no texts of theirs
create index conversations_by_owner on conversations (owner, status) where owner <> '';
create index conversations_unclaimed on conversations (last_in_at)
  where owner = '' and (status = 'new' or status = 'open');

-- What a provider is still to be told of a conversation; a row is gone as soon as it was.
create table untold (
  conversation_id bigint not null references conversations (id),
  what text not null,                    -- resolved, archived, blocked
  wanted bigint not null,                -- whether it shall be
  uid text not null unique,              -- of this wish: a later one has another
  tries bigint not null default 0,
  due_at bigint not null,
  primary key (conversation_id, what)
);
create index untold_due on untold (due_at);

create index audit_by_conversation on audit (conversation_id, id);
