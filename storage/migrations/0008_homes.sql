-- Who has opened App Home, and what stands there.
create table homes (
  member text primary key,
  opened_at bigint not null,
  pages text not null default '{}',      -- which page of each list is shown, as JSON
  shown text not null default '',        -- a digest of what stands there
  hash text not null default '',         -- Slack's, of what stands there
  stale bigint not null default 1,       -- something changed since it was drawn
  due_at bigint not null default 0       -- it changes no sooner
);

-- What waits for a member's decision.
create index messages_asking on messages (id) where kind = 'notice' and settled_how = ''
  and (reason = 'failed' or reason = 'gave_up' or reason = 'uncertain' or reason = 'offered');
