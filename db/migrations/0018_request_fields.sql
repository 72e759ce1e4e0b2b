CREATE TABLE "request_fields" (
	"request_id" text PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL,
	"instruments" text[],
	"amount" numeric(19, 4),
	"currency" text,
	"purpose" text,
	"tenor_years" integer,
	"grace_years" integer,
	"security" text,
	"co_financiers" text,
	"needed_by" text,
	"problems" jsonb NOT NULL,
	"words" jsonb NOT NULL,
	"last_written_at" timestamp with time zone,
	"last_written_by" text
);
--> statement-breakpoint
ALTER TABLE "request_fields" ADD CONSTRAINT "request_fields_request_id_financing_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."financing_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_fields" ADD CONSTRAINT "request_fields_last_written_by_user_id_fk" FOREIGN KEY ("last_written_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;