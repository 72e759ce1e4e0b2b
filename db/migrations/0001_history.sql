CREATE TABLE "document_restores" (
	"document_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"restored_seq" bigint NOT NULL,
	CONSTRAINT "document_restores_document_id_seq_pk" PRIMARY KEY("document_id","seq")
);
--> statement-breakpoint
CREATE TABLE "document_versions" (
	"document_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"name" text NOT NULL,
	"user_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_versions_document_id_seq_pk" PRIMARY KEY("document_id","seq"),
	CONSTRAINT "document_versions_name" CHECK (char_length("document_versions"."name") between 3 and 80),
	CONSTRAINT "document_versions_seq" CHECK ("document_versions"."seq" > 0)
);
--> statement-breakpoint
ALTER TABLE "document_restores" ADD CONSTRAINT "document_restores_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;