-- What was said in some days, however much was said before them.
create index messages_by_time on messages (occurred_at);
