-- Sessions from before have shared notes too: an empty text each, kept by the secretariat.
INSERT INTO "channels" ("id", "kind") SELECT 'notes-' || "id", 'document' FROM "sessions";
--> statement-breakpoint
INSERT INTO "documents" ("id", "channel_id", "kind", "title", "marking", "owner_delegation_id", "created_by")
SELECT 'notes-' || s."id", 'notes-' || s."id", 'notes', 'Notes: ' || s."title", s."marking",
  coalesce((SELECT o."id" FROM "organization" o WHERE o."kind" = 'secretariat' ORDER BY o."created_at" LIMIT 1), (SELECT m."organization_id" FROM "member" m WHERE m."user_id" = s."created_by" LIMIT 1)),
  s."created_by"
FROM "sessions" s;
--> statement-breakpoint
INSERT INTO "session_texts" ("document_id", "session_id", "kind") SELECT 'notes-' || "id", "id", 'notes' FROM "sessions";
