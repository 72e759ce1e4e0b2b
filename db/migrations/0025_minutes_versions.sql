CREATE TABLE "minutes_versions" (
	"session_id" text NOT NULL,
	"number" integer NOT NULL,
	"seq" bigint NOT NULL,
	"data" "bytea" NOT NULL,
	"sha256" text NOT NULL,
	"decision" text NOT NULL,
	"approved_at" timestamp with time zone NOT NULL,
	CONSTRAINT "minutes_versions_session_id_number_pk" PRIMARY KEY("session_id","number"),
	CONSTRAINT "minutes_versions_number" CHECK ("minutes_versions"."number" >= 1)
);
--> statement-breakpoint
ALTER TABLE "minutes_versions" ADD CONSTRAINT "minutes_versions_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;