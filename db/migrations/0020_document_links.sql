CREATE TABLE "document_links" (
	"document_id" text PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"refs" text[] NOT NULL,
	"written_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "document_links" ADD CONSTRAINT "document_links_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_links_refs" ON "document_links" USING gin ("refs");