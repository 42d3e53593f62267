-- A refusal may name the field that is at fault, so that a window can ask for it.
alter table deeds add column field text not null default '';
