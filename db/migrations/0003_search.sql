-- Words are found by their stem in the languages that partners write in, and as they stand.
create function forge_tsv(words text) returns tsvector language sql immutable parallel safe as $$
  select to_tsvector('pg_catalog.english', words) || to_tsvector('pg_catalog.french', words)
    || to_tsvector('pg_catalog.spanish', words) || to_tsvector('pg_catalog.simple', words)
$$;
--> statement-breakpoint
alter table projects add column tsv tsvector generated always as (
  forge_tsv(title || ' ' || summary || ' ' || coalesce(place, '') || ' ' || coalesce(product, '') || ' '
    || coalesce(operator, '') || ' ' || coalesce(programme, '') || ' ' || coalesce(note, ''))
) stored;
--> statement-breakpoint
create index projects_tsv on projects using gin (tsv);
--> statement-breakpoint
alter table proposal_texts add column tsv tsvector generated always as (forge_tsv(text)) stored;
--> statement-breakpoint
create index proposal_texts_tsv on proposal_texts using gin (tsv);
--> statement-breakpoint
alter table decisions add column tsv tsvector generated always as (forge_tsv(number || ' ' || title || ' ' || text)) stored;
--> statement-breakpoint
create index decisions_tsv on decisions using gin (tsv);
