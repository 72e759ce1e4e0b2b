CREATE TABLE "ballot_boxes" (
	"motion_id" text PRIMARY KEY NOT NULL,
	"session_id" text NOT NULL,
	"modulus" text NOT NULL,
	"private_key" text,
	"state" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ballot_papers" (
	"motion_id" text NOT NULL,
	"delegation_id" text NOT NULL,
	"blinded" text NOT NULL,
	"signature" text NOT NULL,
	CONSTRAINT "ballot_papers_motion_id_delegation_id_pk" PRIMARY KEY("motion_id","delegation_id")
);
--> statement-breakpoint
CREATE TABLE "ballots" (
	"motion_id" text NOT NULL,
	"receipt" text NOT NULL,
	"choice" text NOT NULL,
	CONSTRAINT "ballots_motion_id_receipt_pk" PRIMARY KEY("motion_id","receipt")
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"id" text PRIMARY KEY NOT NULL,
	"delegation_id" text NOT NULL,
	"user_id" text NOT NULL,
	"scope" text NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date NOT NULL,
	"letter" text NOT NULL,
	"given_by" text NOT NULL,
	"given_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "credentials_dates" CHECK ("credentials"."to_on" >= "credentials"."from_on")
);
--> statement-breakpoint
CREATE TABLE "follow_ups" (
	"id" text PRIMARY KEY NOT NULL,
	"session_id" text NOT NULL,
	"group_id" text NOT NULL,
	"number" text NOT NULL,
	"text" text NOT NULL,
	"owner_id" text NOT NULL,
	"due_on" date NOT NULL,
	"done_at" timestamp with time zone,
	"done_by" text,
	"done_note" text,
	CONSTRAINT "follow_ups_done" CHECK (("follow_ups"."done_at" is null) = ("follow_ups"."done_by" is null))
);
--> statement-breakpoint
CREATE TABLE "group_rules" (
	"group_id" text PRIMARY KEY NOT NULL,
	"notice_hours" integer DEFAULT 72 NOT NULL,
	"quorum_percent" integer DEFAULT 50 NOT NULL,
	"majority" text DEFAULT 'simple' NOT NULL,
	"base" text DEFAULT 'voting' NOT NULL,
	"proxies" integer DEFAULT 1 NOT NULL,
	"seconder" boolean DEFAULT true NOT NULL,
	"speech_seconds" integer DEFAULT 180,
	CONSTRAINT "group_rules_notice" CHECK ("group_rules"."notice_hours" between 0 and 2160),
	CONSTRAINT "group_rules_quorum" CHECK ("group_rules"."quorum_percent" between 1 and 100),
	CONSTRAINT "group_rules_proxies" CHECK ("group_rules"."proxies" between 0 and 5)
);
--> statement-breakpoint
CREATE TABLE "session_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"session_id" text NOT NULL,
	"hand_id" text,
	"user_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"text" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session_motions" (
	"motion_id" text PRIMARY KEY NOT NULL,
	"session_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session_readers" (
	"session_id" text NOT NULL,
	"delegation_id" text NOT NULL,
	CONSTRAINT "session_readers_session_id_delegation_id_pk" PRIMARY KEY("session_id","delegation_id")
);
--> statement-breakpoint
CREATE TABLE "session_votes" (
	"motion_id" text NOT NULL,
	"delegation_id" text NOT NULL,
	"session_id" text NOT NULL,
	"choice" text NOT NULL,
	"cast_by" text NOT NULL,
	CONSTRAINT "session_votes_motion_id_delegation_id_pk" PRIMARY KEY("motion_id","delegation_id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"group_id" text NOT NULL,
	"title" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"zone" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"marking" text NOT NULL,
	"chatham" boolean NOT NULL,
	"presiding" text,
	"channel_id" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_key_unique" UNIQUE("key"),
	CONSTRAINT "sessions_channel_id_unique" UNIQUE("channel_id"),
	CONSTRAINT "sessions_times" CHECK ("sessions"."ends_at" > "sessions"."starts_at")
);
--> statement-breakpoint
ALTER TABLE "ballot_boxes" ADD CONSTRAINT "ballot_boxes_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot_papers" ADD CONSTRAINT "ballot_papers_motion_id_ballot_boxes_motion_id_fk" FOREIGN KEY ("motion_id") REFERENCES "public"."ballot_boxes"("motion_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot_papers" ADD CONSTRAINT "ballot_papers_delegation_id_organization_id_fk" FOREIGN KEY ("delegation_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballots" ADD CONSTRAINT "ballots_motion_id_ballot_boxes_motion_id_fk" FOREIGN KEY ("motion_id") REFERENCES "public"."ballot_boxes"("motion_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_delegation_id_organization_id_fk" FOREIGN KEY ("delegation_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_given_by_user_id_fk" FOREIGN KEY ("given_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_group_id_working_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."working_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_owner_id_organization_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_done_by_user_id_fk" FOREIGN KEY ("done_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_rules" ADD CONSTRAINT "group_rules_group_id_working_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."working_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_messages" ADD CONSTRAINT "session_messages_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_messages" ADD CONSTRAINT "session_messages_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_messages" ADD CONSTRAINT "session_messages_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_motions" ADD CONSTRAINT "session_motions_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_readers" ADD CONSTRAINT "session_readers_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_readers" ADD CONSTRAINT "session_readers_delegation_id_organization_id_fk" FOREIGN KEY ("delegation_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_votes" ADD CONSTRAINT "session_votes_delegation_id_organization_id_fk" FOREIGN KEY ("delegation_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_votes" ADD CONSTRAINT "session_votes_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_votes" ADD CONSTRAINT "session_votes_cast_by_user_id_fk" FOREIGN KEY ("cast_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_group_id_working_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."working_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_presiding_organization_id_fk" FOREIGN KEY ("presiding") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_one" ON "credentials" USING btree ("delegation_id","user_id","scope","from_on");--> statement-breakpoint
CREATE INDEX "credentials_user" ON "credentials" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "follow_ups_owner" ON "follow_ups" USING btree ("owner_id") WHERE "follow_ups"."done_at" is null;--> statement-breakpoint
CREATE INDEX "follow_ups_group" ON "follow_ups" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "session_messages_session" ON "session_messages" USING btree ("session_id","at");--> statement-breakpoint
CREATE INDEX "session_motions_session" ON "session_motions" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "session_readers_delegation" ON "session_readers" USING btree ("delegation_id");--> statement-breakpoint
CREATE INDEX "sessions_group" ON "sessions" USING btree ("group_id","starts_at");--> statement-breakpoint
CREATE INDEX "sessions_starts" ON "sessions" USING btree ("starts_at");