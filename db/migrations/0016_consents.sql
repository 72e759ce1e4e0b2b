CREATE TABLE "host_consent_steps" (
	"id" text PRIMARY KEY NOT NULL,
	"consent_id" text NOT NULL,
	"key" text NOT NULL,
	"after" text NOT NULL,
	"signed_by" text NOT NULL,
	"statement" text,
	"reference" text,
	"user_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "host_consent_steps_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "host_consents" (
	"id" text PRIMARY KEY NOT NULL,
	"proposal_id" text NOT NULL,
	"host_iso2" text NOT NULL,
	"delegation_id" text,
	"state" text DEFAULT 'requested' NOT NULL,
	"version_id" text NOT NULL,
	CONSTRAINT "host_consents_country" CHECK ("host_consents"."host_iso2" ~ '^[A-Z]{2}$')
);
--> statement-breakpoint
CREATE TABLE "review_interests" (
	"id" text PRIMARY KEY NOT NULL,
	"review_id" text NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"how" text NOT NULL,
	"text" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "review_interests_key_unique" UNIQUE("key")
);
--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "operator_country_iso2" text;--> statement-breakpoint
ALTER TABLE "proposal_fields" ADD COLUMN "operator_country_iso2" text;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "return_of" text;--> statement-breakpoint
ALTER TABLE "host_consent_steps" ADD CONSTRAINT "host_consent_steps_consent_id_host_consents_id_fk" FOREIGN KEY ("consent_id") REFERENCES "public"."host_consents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "host_consent_steps" ADD CONSTRAINT "host_consent_steps_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "host_consent_steps" ADD CONSTRAINT "host_consent_steps_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "host_consents" ADD CONSTRAINT "host_consents_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "host_consents" ADD CONSTRAINT "host_consents_delegation_id_organization_id_fk" FOREIGN KEY ("delegation_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "host_consents" ADD CONSTRAINT "host_consents_version_id_proposal_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."proposal_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_interests" ADD CONSTRAINT "review_interests_review_id_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."reviews"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "host_consent_steps_of" ON "host_consent_steps" USING btree ("consent_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "host_consents_once" ON "host_consents" USING btree ("proposal_id","host_iso2");--> statement-breakpoint
CREATE INDEX "host_consents_delegation" ON "host_consents" USING btree ("delegation_id");--> statement-breakpoint
CREATE INDEX "review_interests_review" ON "review_interests" USING btree ("review_id");--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_return_of_proposals_id_fk" FOREIGN KEY ("return_of") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "proposals_return" ON "proposals" USING btree ("return_of");