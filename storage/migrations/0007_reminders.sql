-- When the provider is asked of a card in any case, to remind of what nobody did by then.
alter table cards add column remind_at bigint;
