-- Cards are looked at by a worker. `look_due_at` is 0 for one of which the provider reported something.
alter table cards add column looking_until bigint not null default 0; -- the end of the lease of whoever looks at it
alter table cards add column unanswered bigint not null default 0; -- looks since one told something
drop index cards_to_look_at;
create index cards_to_look_at on cards (look_due_at, provider) where look_due_at is not null;
create index cards_of_provider_to_look_at on cards (provider, look_due_at) where look_due_at is not null;
delete from duties where name in ('callback_cards', 'payment_cards', 'queued_ticket_cards', 'ticket_cards');
