CREATE TABLE "audit_entries" (
	"id" bigint PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"user_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"from_address" text,
	"act" text NOT NULL,
	"object_kind" text NOT NULL,
	"object_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_entries_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"email" text NOT NULL,
	"role" text,
	"status" text DEFAULT 'pending' NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"inviter_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "member" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organization" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"logo" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"metadata" text,
	"kind" text DEFAULT 'delegation' NOT NULL,
	"partner_iso2" text,
	CONSTRAINT "organization_slug_unique" UNIQUE("slug"),
	CONSTRAINT "organization_partner_iso2_unique" UNIQUE("partner_iso2")
);
--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "rate_limit_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"token" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"user_id" text NOT NULL,
	"active_organization_id" text,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proposal_moves" (
	"id" text PRIMARY KEY NOT NULL,
	"proposal_id" text NOT NULL,
	"key" text NOT NULL,
	"move" text NOT NULL,
	"before" text NOT NULL,
	"after" text NOT NULL,
	"reason" text,
	"version_id" text,
	"due_on" date,
	"user_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "proposal_moves_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "proposal_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"proposal_id" text NOT NULL,
	"number" integer NOT NULL,
	"seq" bigint NOT NULL,
	"data" "bytea" NOT NULL,
	"sha256" text NOT NULL,
	"words" jsonb NOT NULL,
	"submitted_by" text NOT NULL,
	"submitted_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channel_clients" (
	"channel_id" text NOT NULL,
	"client_id" bigint NOT NULL,
	"user_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"first_seq" bigint NOT NULL,
	CONSTRAINT "channel_clients_channel_id_client_id_pk" PRIMARY KEY("channel_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "channel_entries" (
	"channel_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"writer" text NOT NULL,
	"ref" bigint NOT NULL,
	"user_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"data" "bytea" NOT NULL,
	CONSTRAINT "channel_entries_channel_id_seq_pk" PRIMARY KEY("channel_id","seq")
);
--> statement-breakpoint
CREATE TABLE "channel_snapshots" (
	"channel_id" text PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"data" "bytea" NOT NULL,
	"state_vector" "bytea" NOT NULL,
	"entries" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channels" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"head" bigint DEFAULT 0 NOT NULL,
	"projected" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "channels_head" CHECK ("channels"."head" >= 0)
);
--> statement-breakpoint
CREATE TABLE "decision_counters" (
	"group_id" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "decision_counters_group_id_year_pk" PRIMARY KEY("group_id","year")
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"group_id" text NOT NULL,
	"year" integer NOT NULL,
	"nth" integer NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"text_sha256" text NOT NULL,
	"outcome" text NOT NULL,
	"version_id" text,
	"how" text NOT NULL,
	"procedure_id" text,
	"adopted_at" timestamp with time zone NOT NULL,
	"review_on" date,
	CONSTRAINT "decisions_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "silence_breaks" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"procedure_id" text NOT NULL,
	"delegation_id" text NOT NULL,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "silence_breaks_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "silence_entitled" (
	"procedure_id" text NOT NULL,
	"delegation_id" text NOT NULL,
	CONSTRAINT "silence_entitled_procedure_id_delegation_id_pk" PRIMARY KEY("procedure_id","delegation_id")
);
--> statement-breakpoint
CREATE TABLE "silence_procedures" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"group_id" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"text_sha256" text NOT NULL,
	"outcome" text NOT NULL,
	"version_id" text,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deadline" timestamp with time zone NOT NULL,
	"zone" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"opened_by" text NOT NULL,
	"organization_id" text NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "silence_procedures_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "group_members" (
	"id" text PRIMARY KEY NOT NULL,
	"group_id" text NOT NULL,
	"delegation_id" text NOT NULL,
	"role" text NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date,
	"set_by" text,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "group_members_dates" CHECK ("group_members"."to_on" is null or "group_members"."to_on" >= "group_members"."from_on")
);
--> statement-breakpoint
CREATE TABLE "working_groups" (
	"id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"mandate" text NOT NULL,
	"minerals" text[] DEFAULT '{}' NOT NULL,
	"source" text,
	"silence_hours" integer DEFAULT 72 NOT NULL,
	"break_needs_reason" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "working_groups_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "agreement_partners" (
	"agreement_id" text NOT NULL,
	"partner_iso2" text NOT NULL,
	CONSTRAINT "agreement_partners_agreement_id_partner_iso2_pk" PRIMARY KEY("agreement_id","partner_iso2")
);
--> statement-breakpoint
CREATE TABLE "agreements" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"date" text,
	"batch" text,
	"kind" text NOT NULL,
	"binding" boolean,
	"signatories" text,
	"topics" text[] NOT NULL,
	"note" text,
	"confidence" text,
	"source" text
);
--> statement-breakpoint
CREATE TABLE "minerals" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"symbol" text,
	"group_name" text NOT NULL,
	"us_critical_2025" boolean NOT NULL,
	"eu_strategic" text,
	"eu_critical" text,
	"is_group" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "obligations" (
	"agreement_id" text NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"due" date,
	"due_is_computed" boolean NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	CONSTRAINT "obligations_agreement_id_position_pk" PRIMARY KEY("agreement_id","position"),
	CONSTRAINT "obligations_text" CHECK (length("obligations"."text") > 0)
);
--> statement-breakpoint
CREATE TABLE "partners" (
	"iso2" text PRIMARY KEY NOT NULL,
	"iso3" text,
	"name" text NOT NULL,
	"region" text,
	"subregion" text,
	"type" text NOT NULL,
	"name_as_listed" text,
	"attended_ministerial" boolean NOT NULL,
	"ministerial_role" text,
	"ministerial_source" text,
	"why_listed" text,
	"iso_note" text
);
--> statement-breakpoint
CREATE TABLE "standings" (
	"partner_iso2" text NOT NULL,
	"programme" text NOT NULL,
	"value" text NOT NULL,
	"detail" text,
	"valid_from" text,
	"valid_to" text,
	"source" text,
	"as_of" date NOT NULL,
	"confidence" text,
	CONSTRAINT "standings_partner_iso2_programme_as_of_pk" PRIMARY KEY("partner_iso2","programme","as_of")
);
--> statement-breakpoint
CREATE TABLE "announced_financing" (
	"project_id" text NOT NULL,
	"position" integer NOT NULL,
	"source_of_funds" text NOT NULL,
	"instrument" text,
	"amount" numeric(19, 4),
	"currency" text,
	"up_to" boolean NOT NULL,
	"status" text,
	"date" text,
	CONSTRAINT "announced_financing_project_id_position_pk" PRIMARY KEY("project_id","position")
);
--> statement-breakpoint
CREATE TABLE "document_grants" (
	"document_id" text NOT NULL,
	"delegation_id" text NOT NULL,
	"level" text NOT NULL,
	"granted_by" text NOT NULL,
	"granted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_grants_document_id_delegation_id_pk" PRIMARY KEY("document_id","delegation_id")
);
--> statement-breakpoint
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
CREATE TABLE "documents" (
	"id" text PRIMARY KEY NOT NULL,
	"channel_id" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"marking" text NOT NULL,
	"owner_delegation_id" text NOT NULL,
	"imported_name" text,
	"imported_sha256" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "documents_channel_id_unique" UNIQUE("channel_id")
);
--> statement-breakpoint
CREATE TABLE "project_minerals" (
	"project_id" text NOT NULL,
	"mineral_id" text NOT NULL,
	CONSTRAINT "project_minerals_project_id_mineral_id_pk" PRIMARY KEY("project_id","mineral_id")
);
--> statement-breakpoint
CREATE TABLE "project_partners" (
	"project_id" text NOT NULL,
	"partner_iso2" text NOT NULL,
	CONSTRAINT "project_partners_project_id_partner_iso2_pk" PRIMARY KEY("project_id","partner_iso2")
);
--> statement-breakpoint
CREATE TABLE "project_readers" (
	"project_id" text NOT NULL,
	"delegation_id" text NOT NULL,
	CONSTRAINT "project_readers_project_id_delegation_id_pk" PRIMARY KEY("project_id","delegation_id")
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"summary" text DEFAULT '' NOT NULL,
	"marking" text NOT NULL,
	"state" text NOT NULL,
	"owner_delegation_id" text,
	"lead_partner_iso2" text,
	"country_iso2" text,
	"place" text,
	"lat" double precision,
	"lon" double precision,
	"coords_source" text,
	"stages" text[] DEFAULT '{}' NOT NULL,
	"product" text,
	"planned_output" text,
	"capacity_tonnes" numeric(19, 4),
	"capital_cost" numeric(19, 4),
	"currency" text,
	"price_year" integer,
	"first_production" text,
	"operator" text,
	"programme" text,
	"announced_status" text,
	"announced_stages" text[],
	"note" text,
	"confidence" text,
	"source" text,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "projects_site" CHECK (("projects"."lat" is null) = ("projects"."lon" is null)),
	CONSTRAINT "projects_lat" CHECK ("projects"."lat" between -90 and 90),
	CONSTRAINT "projects_lon" CHECK ("projects"."lon" between -180 and 180),
	CONSTRAINT "projects_capacity" CHECK ("projects"."capacity_tonnes" >= 0),
	CONSTRAINT "projects_cost" CHECK ("projects"."capital_cost" >= 0),
	CONSTRAINT "projects_cost_currency" CHECK ("projects"."capital_cost" is null or "projects"."currency" is not null)
);
--> statement-breakpoint
CREATE TABLE "proposal_fields" (
	"proposal_id" text PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL,
	"minerals" text[],
	"stages" text[],
	"product" text,
	"capacity_tonnes" numeric(19, 4),
	"capital_cost" numeric(19, 4),
	"currency" text,
	"price_year" integer,
	"place" text,
	"country_iso2" text,
	"lat" double precision,
	"lon" double precision,
	"operator" text,
	"timetable" jsonb NOT NULL,
	"problems" jsonb NOT NULL,
	"words" jsonb NOT NULL,
	"last_written_at" timestamp with time zone,
	"last_written_by" text
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"document_id" text NOT NULL,
	"title" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"marking" text DEFAULT 'restricted' NOT NULL,
	"lead_delegation_id" text NOT NULL,
	"group_id" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "proposals_document_id_unique" UNIQUE("document_id")
);
--> statement-breakpoint
CREATE TABLE "review_questions" (
	"id" text PRIMARY KEY NOT NULL,
	"proposal_id" text NOT NULL,
	"key" text NOT NULL,
	"fragment" text NOT NULL,
	"text" text NOT NULL,
	"asked_by" text NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answer" text,
	"answered_by" text,
	"answered_at" timestamp with time zone,
	CONSTRAINT "review_questions_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "review_sheets" (
	"id" text PRIMARY KEY NOT NULL,
	"review_id" text NOT NULL,
	"number" integer NOT NULL,
	"sheet" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reviewers" (
	"user_id" text PRIMARY KEY NOT NULL,
	"named_by" text,
	"named_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" text PRIMARY KEY NOT NULL,
	"proposal_id" text NOT NULL,
	"version_id" text NOT NULL,
	"reviewer_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"state" text DEFAULT 'asked' NOT NULL,
	"due_on" date NOT NULL,
	"draft" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"conflict" text,
	"conflict_reason" text,
	"asked_by" text NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answered_at" timestamp with time zone,
	"handed_in_at" timestamp with time zone,
	"reminded_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "proposal_texts" (
	"proposal_id" text PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "set_aside" (
	"id" text PRIMARY KEY NOT NULL,
	"document_id" text NOT NULL,
	"user_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"reason" text NOT NULL,
	"updates" "bytea" NOT NULL,
	"sha256" text NOT NULL,
	CONSTRAINT "set_aside_size" CHECK (octet_length("set_aside"."updates") between 1 and 2097152)
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_inviter_id_user_id_fk" FOREIGN KEY ("inviter_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_moves" ADD CONSTRAINT "proposal_moves_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_moves" ADD CONSTRAINT "proposal_moves_version_id_proposal_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."proposal_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_moves" ADD CONSTRAINT "proposal_moves_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_moves" ADD CONSTRAINT "proposal_moves_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_versions" ADD CONSTRAINT "proposal_versions_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_versions" ADD CONSTRAINT "proposal_versions_submitted_by_user_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_clients" ADD CONSTRAINT "channel_clients_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_entries" ADD CONSTRAINT "channel_entries_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_snapshots" ADD CONSTRAINT "channel_snapshots_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_counters" ADD CONSTRAINT "decision_counters_group_id_working_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."working_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_group_id_working_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."working_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_version_id_proposal_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."proposal_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_procedure_id_silence_procedures_id_fk" FOREIGN KEY ("procedure_id") REFERENCES "public"."silence_procedures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silence_breaks" ADD CONSTRAINT "silence_breaks_procedure_id_silence_procedures_id_fk" FOREIGN KEY ("procedure_id") REFERENCES "public"."silence_procedures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silence_breaks" ADD CONSTRAINT "silence_breaks_delegation_id_organization_id_fk" FOREIGN KEY ("delegation_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silence_breaks" ADD CONSTRAINT "silence_breaks_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silence_entitled" ADD CONSTRAINT "silence_entitled_procedure_id_silence_procedures_id_fk" FOREIGN KEY ("procedure_id") REFERENCES "public"."silence_procedures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silence_entitled" ADD CONSTRAINT "silence_entitled_delegation_id_organization_id_fk" FOREIGN KEY ("delegation_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silence_procedures" ADD CONSTRAINT "silence_procedures_group_id_working_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."working_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silence_procedures" ADD CONSTRAINT "silence_procedures_version_id_proposal_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."proposal_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silence_procedures" ADD CONSTRAINT "silence_procedures_opened_by_user_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silence_procedures" ADD CONSTRAINT "silence_procedures_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_group_id_working_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."working_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_delegation_id_organization_id_fk" FOREIGN KEY ("delegation_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_set_by_user_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_partners" ADD CONSTRAINT "agreement_partners_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_partners" ADD CONSTRAINT "agreement_partners_partner_iso2_partners_iso2_fk" FOREIGN KEY ("partner_iso2") REFERENCES "public"."partners"("iso2") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standings" ADD CONSTRAINT "standings_partner_iso2_partners_iso2_fk" FOREIGN KEY ("partner_iso2") REFERENCES "public"."partners"("iso2") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announced_financing" ADD CONSTRAINT "announced_financing_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_grants" ADD CONSTRAINT "document_grants_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_grants" ADD CONSTRAINT "document_grants_delegation_id_organization_id_fk" FOREIGN KEY ("delegation_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_grants" ADD CONSTRAINT "document_grants_granted_by_user_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_restores" ADD CONSTRAINT "document_restores_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_owner_delegation_id_organization_id_fk" FOREIGN KEY ("owner_delegation_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_minerals" ADD CONSTRAINT "project_minerals_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_minerals" ADD CONSTRAINT "project_minerals_mineral_id_minerals_id_fk" FOREIGN KEY ("mineral_id") REFERENCES "public"."minerals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_partners" ADD CONSTRAINT "project_partners_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_partners" ADD CONSTRAINT "project_partners_partner_iso2_partners_iso2_fk" FOREIGN KEY ("partner_iso2") REFERENCES "public"."partners"("iso2") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_readers" ADD CONSTRAINT "project_readers_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_readers" ADD CONSTRAINT "project_readers_delegation_id_organization_id_fk" FOREIGN KEY ("delegation_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_owner_delegation_id_organization_id_fk" FOREIGN KEY ("owner_delegation_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_lead_partner_iso2_partners_iso2_fk" FOREIGN KEY ("lead_partner_iso2") REFERENCES "public"."partners"("iso2") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_fields" ADD CONSTRAINT "proposal_fields_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_fields" ADD CONSTRAINT "proposal_fields_last_written_by_user_id_fk" FOREIGN KEY ("last_written_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_lead_delegation_id_organization_id_fk" FOREIGN KEY ("lead_delegation_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_group_id_working_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."working_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_questions" ADD CONSTRAINT "review_questions_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_questions" ADD CONSTRAINT "review_questions_asked_by_user_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_questions" ADD CONSTRAINT "review_questions_answered_by_user_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_sheets" ADD CONSTRAINT "review_sheets_review_id_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."reviews"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviewers" ADD CONSTRAINT "reviewers_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviewers" ADD CONSTRAINT "reviewers_named_by_user_id_fk" FOREIGN KEY ("named_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_version_id_proposal_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."proposal_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_reviewer_id_user_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_asked_by_user_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_texts" ADD CONSTRAINT "proposal_texts_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "set_aside" ADD CONSTRAINT "set_aside_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "set_aside" ADD CONSTRAINT "set_aside_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "set_aside" ADD CONSTRAINT "set_aside_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_user_id" ON "account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "invitation_organization_id" ON "invitation" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "invitation_email" ON "invitation" USING btree ("email");--> statement-breakpoint
CREATE INDEX "member_organization_id" ON "member" USING btree ("organization_id");--> statement-breakpoint
CREATE UNIQUE INDEX "member_user_id" ON "member" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_user_id" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verification_identifier" ON "verification" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "proposal_moves_proposal" ON "proposal_moves" USING btree ("proposal_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "proposal_versions_number" ON "proposal_versions" USING btree ("proposal_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "channel_entries_writer_ref" ON "channel_entries" USING btree ("channel_id","writer","ref");--> statement-breakpoint
CREATE INDEX "channels_unprojected" ON "channels" USING btree ("id") WHERE "channels"."projected" < "channels"."head";--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_nth" ON "decisions" USING btree ("group_id","year","nth");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_procedure" ON "decisions" USING btree ("procedure_id");--> statement-breakpoint
CREATE INDEX "decisions_subject" ON "decisions" USING btree ("subject_kind","subject_id");--> statement-breakpoint
CREATE INDEX "silence_breaks_of" ON "silence_breaks" USING btree ("procedure_id");--> statement-breakpoint
CREATE INDEX "silence_entitled_of" ON "silence_entitled" USING btree ("delegation_id");--> statement-breakpoint
CREATE INDEX "silence_open" ON "silence_procedures" USING btree ("state","deadline");--> statement-breakpoint
CREATE INDEX "silence_subject" ON "silence_procedures" USING btree ("subject_kind","subject_id");--> statement-breakpoint
CREATE UNIQUE INDEX "group_members_one_seat" ON "group_members" USING btree ("group_id","delegation_id") WHERE "group_members"."to_on" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "group_members_one_chair" ON "group_members" USING btree ("group_id") WHERE "group_members"."to_on" is null and "group_members"."role" = 'chair';--> statement-breakpoint
CREATE INDEX "group_members_delegation" ON "group_members" USING btree ("delegation_id");--> statement-breakpoint
CREATE INDEX "agreement_partners_partner" ON "agreement_partners" USING btree ("partner_iso2");--> statement-breakpoint
CREATE UNIQUE INDEX "standings_current" ON "standings" USING btree ("partner_iso2","programme") WHERE "standings"."valid_to" is null;--> statement-breakpoint
CREATE INDEX "document_grants_delegation" ON "document_grants" USING btree ("delegation_id");--> statement-breakpoint
CREATE INDEX "documents_owner" ON "documents" USING btree ("owner_delegation_id");--> statement-breakpoint
CREATE INDEX "project_minerals_mineral" ON "project_minerals" USING btree ("mineral_id");--> statement-breakpoint
CREATE INDEX "project_readers_delegation" ON "project_readers" USING btree ("delegation_id");--> statement-breakpoint
CREATE INDEX "projects_owner" ON "projects" USING btree ("owner_delegation_id");--> statement-breakpoint
CREATE INDEX "projects_country" ON "projects" USING btree ("country_iso2");--> statement-breakpoint
CREATE INDEX "proposals_lead" ON "proposals" USING btree ("lead_delegation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "proposals_one_open" ON "proposals" USING btree ("project_id","lead_delegation_id") WHERE "proposals"."state" not in ('endorsed', 'declined', 'withdrawn');--> statement-breakpoint
CREATE INDEX "review_questions_proposal" ON "review_questions" USING btree ("proposal_id");--> statement-breakpoint
CREATE UNIQUE INDEX "review_sheets_number" ON "review_sheets" USING btree ("review_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "reviews_once" ON "reviews" USING btree ("version_id","reviewer_id");--> statement-breakpoint
CREATE INDEX "reviews_proposal" ON "reviews" USING btree ("proposal_id");--> statement-breakpoint
CREATE INDEX "reviews_reviewer" ON "reviews" USING btree ("reviewer_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "set_aside_once" ON "set_aside" USING btree ("document_id","user_id","sha256");--> statement-breakpoint
CREATE INDEX "set_aside_user" ON "set_aside" USING btree ("user_id");