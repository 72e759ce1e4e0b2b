CREATE TABLE "agenda_documents" (
	"session_id" text NOT NULL,
	"item_id" text NOT NULL,
	"document_id" text NOT NULL,
	CONSTRAINT "agenda_documents_session_id_item_id_document_id_pk" PRIMARY KEY("session_id","item_id","document_id")
);
--> statement-breakpoint
ALTER TABLE "agenda_documents" ADD CONSTRAINT "agenda_documents_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_documents" ADD CONSTRAINT "agenda_documents_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;