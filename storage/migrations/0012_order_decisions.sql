-- What a person decided about an order in doubt, and since when an earlier try of it may have gone out.
alter table orders add column doubted_at bigint;
alter table orders add column decided_by text not null default '';
alter table orders add column decided text not null default ''; -- went_out, again
