CREATE TABLE "document_part_versions" (
	"document_id" text NOT NULL,
	"frozen_with" text NOT NULL,
	"seq" bigint NOT NULL,
	"data" "bytea" NOT NULL,
	"sha256" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_part_versions_document_id_frozen_with_pk" PRIMARY KEY("document_id","frozen_with")
);
--> statement-breakpoint
CREATE TABLE "document_parts" (
	"document_id" text PRIMARY KEY NOT NULL,
	"whole_id" text NOT NULL,
	"kind" text NOT NULL,
	"audiences" text[] DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
ALTER TABLE "document_part_versions" ADD CONSTRAINT "document_part_versions_document_id_document_parts_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."document_parts"("document_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_parts" ADD CONSTRAINT "document_parts_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_parts" ADD CONSTRAINT "document_parts_whole_id_documents_id_fk" FOREIGN KEY ("whole_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_part_versions_whole" ON "document_part_versions" USING btree ("frozen_with");--> statement-breakpoint
CREATE UNIQUE INDEX "document_parts_one_of_a_kind" ON "document_parts" USING btree ("whole_id","kind");