-- What stands on agendas of sessions from before, as their logs tell it. Materialized: entries of other channels are no text,
-- and other events may hold what PostgreSQL takes for no JSON.
WITH "logs" AS MATERIALIZED (
  SELECT s."id" AS "session_id", convert_from(c."data", 'UTF8') AS "event" FROM "sessions" s JOIN "channel_entries" c ON c."channel_id" = s."channel_id"
), "told" AS MATERIALIZED (
  SELECT "session_id", "event"::jsonb->'body' AS "body" FROM "logs" WHERE "event" ~ '"is":"item_(added|document|removed)"'
), "attached" AS (
  SELECT "session_id", "body"->>'itemId' AS "item_id", jsonb_array_elements(coalesce("body"->'documents', jsonb_build_array("body"->'document')))->>'id' AS "document_id"
  FROM "told" WHERE "body"->>'is' IN ('item_added', 'item_document')
)
INSERT INTO "agenda_documents" ("session_id", "item_id", "document_id")
SELECT DISTINCT a."session_id", a."item_id", d."id"
FROM "attached" a JOIN "documents" d ON d."id" = a."document_id"
WHERE NOT EXISTS (
  SELECT 1 FROM "told" t
  WHERE t."session_id" = a."session_id" AND t."body"->>'is' = 'item_removed' AND t."body"->>'itemId' = a."item_id"
);
