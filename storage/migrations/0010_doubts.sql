-- Whether an earlier try may have happened: then no later refusal proves that it did not.
alter table deeds add column doubted bigint not null default 0;
