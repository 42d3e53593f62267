-- When the provider was asked for an order: empty while it surely was not.
alter table orders rename column claimed_at to called_at;
