CREATE TABLE "decision_announcements" (
	"decision_id" text PRIMARY KEY NOT NULL,
	"session_id" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "decision_announcements" ADD CONSTRAINT "decision_announcements_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_announcements" ADD CONSTRAINT "decision_announcements_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decision_announcements_session" ON "decision_announcements" USING btree ("session_id");