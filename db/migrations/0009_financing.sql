CREATE TABLE "ask_readers" (
	"ask_id" text NOT NULL,
	"delegation_id" text NOT NULL,
	CONSTRAINT "ask_readers_ask_id_delegation_id_pk" PRIMARY KEY("ask_id","delegation_id")
);
--> statement-breakpoint
CREATE TABLE "financing_asks" (
	"id" text PRIMARY KEY NOT NULL,
	"request_id" text NOT NULL,
	"institution_id" text,
	"source_name" text NOT NULL,
	"instrument" text,
	"announced_instrument" text,
	"announced_status" text,
	"announced_date" text,
	"source" text,
	"confidence" text,
	"currency" text NOT NULL,
	"purpose" text,
	"terms_document_id" text,
	"purchase" jsonb,
	"stage" text DEFAULT 'enquiry' NOT NULL,
	"held_from" text,
	"resume_on" date,
	"letter_expires_on" date,
	"stage_since" timestamp with time zone DEFAULT now() NOT NULL,
	"asked_by" text,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "financing_asks_terms_document_id_unique" UNIQUE("terms_document_id"),
	CONSTRAINT "financing_asks_currency" UNIQUE("id","currency"),
	CONSTRAINT "financing_asks_currency_code" CHECK ("financing_asks"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "financing_asks_held" CHECK (("financing_asks"."stage" = 'on_hold') = ("financing_asks"."held_from" is not null))
);
--> statement-breakpoint
CREATE TABLE "financing_files" (
	"id" text PRIMARY KEY NOT NULL,
	"ask_id" text NOT NULL,
	"name" text NOT NULL,
	"mime" text NOT NULL,
	"data" "bytea" NOT NULL,
	"sha256" text NOT NULL,
	"user_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "financing_files_size" CHECK (octet_length("financing_files"."data") between 1 and 10485760)
);
--> statement-breakpoint
CREATE TABLE "financing_moves" (
	"id" text PRIMARY KEY NOT NULL,
	"ask_id" text NOT NULL,
	"key" text NOT NULL,
	"move" text NOT NULL,
	"before" text NOT NULL,
	"after" text NOT NULL,
	"reason" text,
	"date_on" date,
	"file_id" text,
	"user_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "financing_moves_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "financing_questions" (
	"id" text PRIMARY KEY NOT NULL,
	"ask_id" text NOT NULL,
	"key" text NOT NULL,
	"fragment" text NOT NULL,
	"text" text NOT NULL,
	"asked_by" text NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answer" text,
	"answered_by" text,
	"answered_at" timestamp with time zone,
	CONSTRAINT "financing_questions_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "financing_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text,
	"project_id" text NOT NULL,
	"document_id" text,
	"title" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"marking" text DEFAULT 'restricted' NOT NULL,
	"lead_delegation_id" text,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "financing_requests_key_unique" UNIQUE("key"),
	CONSTRAINT "financing_requests_document_id_unique" UNIQUE("document_id"),
	CONSTRAINT "financing_requests_announced" CHECK (("financing_requests"."state" = 'announced') = ("financing_requests"."lead_delegation_id" is null) and ("financing_requests"."lead_delegation_id" is null) = ("financing_requests"."document_id" is null))
);
--> statement-breakpoint
CREATE TABLE "institutions" (
	"organization_id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"partner_iso2" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "institutions_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "condition_events" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"condition_id" text NOT NULL,
	"act" text NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"file_id" text,
	"user_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "condition_events_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "conditions" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"ask_id" text NOT NULL,
	"gate" text NOT NULL,
	"tranche_id" text,
	"text" text NOT NULL,
	"responsible_id" text NOT NULL,
	"due_on" date,
	"state" text DEFAULT 'open' NOT NULL,
	"waiver_by" text,
	"waiver_reason" text,
	"waived_by" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conditions_key_unique" UNIQUE("key"),
	CONSTRAINT "conditions_tranche" CHECK (("conditions"."gate" = 'tranche') = ("conditions"."tranche_id" is not null)),
	CONSTRAINT "conditions_waiver" CHECK ("conditions"."state" <> 'waived' or ("conditions"."waiver_by" is not null and "conditions"."waiver_reason" is not null and "conditions"."waived_by" is not null and "conditions"."waived_by" <> "conditions"."waiver_by"))
);
--> statement-breakpoint
CREATE TABLE "facilities" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"institution_id" text NOT NULL,
	"ceiling" numeric(19, 4) NOT NULL,
	"currency" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"source" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "facilities_key_unique" UNIQUE("key"),
	CONSTRAINT "facilities_currency" UNIQUE("id","currency"),
	CONSTRAINT "facilities_ceiling" CHECK ("facilities"."ceiling" > 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"ask_id" text NOT NULL,
	"kind" text NOT NULL,
	"amount" numeric(19, 4) NOT NULL,
	"currency" text NOT NULL,
	"on_date" date,
	"up_to" boolean DEFAULT false NOT NULL,
	"facility_id" text,
	"tranche_id" text,
	"reverses_id" text,
	"note" text DEFAULT '' NOT NULL,
	"source" text,
	"file_id" text,
	"user_id" text,
	"organization_id" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_entries_key_unique" UNIQUE("key"),
	CONSTRAINT "ledger_entries_reverses_id_unique" UNIQUE("reverses_id"),
	CONSTRAINT "ledger_entries_amount" CHECK (case when "ledger_entries"."reverses_id" is null then "ledger_entries"."amount" > 0 else "ledger_entries"."amount" < 0 end),
	CONSTRAINT "ledger_entries_tranche_paid" CHECK (("ledger_entries"."kind" = 'disbursed') = ("ledger_entries"."tranche_id" is not null)),
	CONSTRAINT "ledger_entries_drawn_on" CHECK ("ledger_entries"."facility_id" is null or "ledger_entries"."kind" in ('committed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "tranches" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"ask_id" text NOT NULL,
	"number" integer NOT NULL,
	"amount" numeric(19, 4) NOT NULL,
	"planned_on" date NOT NULL,
	"method" text NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	"requested_by" text,
	"approved_by" text,
	"paid_on" date,
	"reason" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tranches_key_unique" UNIQUE("key"),
	CONSTRAINT "tranches_amount" CHECK ("tranches"."amount" > 0),
	CONSTRAINT "tranches_two_persons" CHECK ("tranches"."approved_by" is null or "tranches"."approved_by" is distinct from "tranches"."requested_by"),
	CONSTRAINT "tranches_paid" CHECK ("tranches"."state" <> 'paid' or ("tranches"."approved_by" is not null and "tranches"."paid_on" is not null))
);
--> statement-breakpoint
ALTER TABLE "ask_readers" ADD CONSTRAINT "ask_readers_ask_id_financing_asks_id_fk" FOREIGN KEY ("ask_id") REFERENCES "public"."financing_asks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ask_readers" ADD CONSTRAINT "ask_readers_delegation_id_organization_id_fk" FOREIGN KEY ("delegation_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_asks" ADD CONSTRAINT "financing_asks_request_id_financing_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."financing_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_asks" ADD CONSTRAINT "financing_asks_institution_id_institutions_organization_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_asks" ADD CONSTRAINT "financing_asks_terms_document_id_documents_id_fk" FOREIGN KEY ("terms_document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_asks" ADD CONSTRAINT "financing_asks_asked_by_user_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_files" ADD CONSTRAINT "financing_files_ask_id_financing_asks_id_fk" FOREIGN KEY ("ask_id") REFERENCES "public"."financing_asks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_files" ADD CONSTRAINT "financing_files_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_files" ADD CONSTRAINT "financing_files_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_moves" ADD CONSTRAINT "financing_moves_ask_id_financing_asks_id_fk" FOREIGN KEY ("ask_id") REFERENCES "public"."financing_asks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_moves" ADD CONSTRAINT "financing_moves_file_id_financing_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."financing_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_moves" ADD CONSTRAINT "financing_moves_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_moves" ADD CONSTRAINT "financing_moves_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_questions" ADD CONSTRAINT "financing_questions_ask_id_financing_asks_id_fk" FOREIGN KEY ("ask_id") REFERENCES "public"."financing_asks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_questions" ADD CONSTRAINT "financing_questions_asked_by_user_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_questions" ADD CONSTRAINT "financing_questions_answered_by_user_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_requests" ADD CONSTRAINT "financing_requests_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_requests" ADD CONSTRAINT "financing_requests_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_requests" ADD CONSTRAINT "financing_requests_lead_delegation_id_organization_id_fk" FOREIGN KEY ("lead_delegation_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financing_requests" ADD CONSTRAINT "financing_requests_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "institutions" ADD CONSTRAINT "institutions_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "institutions" ADD CONSTRAINT "institutions_partner_iso2_partners_iso2_fk" FOREIGN KEY ("partner_iso2") REFERENCES "public"."partners"("iso2") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "condition_events" ADD CONSTRAINT "condition_events_condition_id_conditions_id_fk" FOREIGN KEY ("condition_id") REFERENCES "public"."conditions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "condition_events" ADD CONSTRAINT "condition_events_file_id_financing_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."financing_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "condition_events" ADD CONSTRAINT "condition_events_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "condition_events" ADD CONSTRAINT "condition_events_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conditions" ADD CONSTRAINT "conditions_ask_id_financing_asks_id_fk" FOREIGN KEY ("ask_id") REFERENCES "public"."financing_asks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conditions" ADD CONSTRAINT "conditions_tranche_id_tranches_id_fk" FOREIGN KEY ("tranche_id") REFERENCES "public"."tranches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conditions" ADD CONSTRAINT "conditions_responsible_id_organization_id_fk" FOREIGN KEY ("responsible_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conditions" ADD CONSTRAINT "conditions_waiver_by_user_id_fk" FOREIGN KEY ("waiver_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conditions" ADD CONSTRAINT "conditions_waived_by_user_id_fk" FOREIGN KEY ("waived_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conditions" ADD CONSTRAINT "conditions_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "facilities" ADD CONSTRAINT "facilities_institution_id_institutions_organization_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_tranche_id_tranches_id_fk" FOREIGN KEY ("tranche_id") REFERENCES "public"."tranches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_reverses_id_ledger_entries_id_fk" FOREIGN KEY ("reverses_id") REFERENCES "public"."ledger_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_file_id_financing_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."financing_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_ask_currency" FOREIGN KEY ("ask_id","currency") REFERENCES "public"."financing_asks"("id","currency") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_facility_currency" FOREIGN KEY ("facility_id","currency") REFERENCES "public"."facilities"("id","currency") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tranches" ADD CONSTRAINT "tranches_ask_id_financing_asks_id_fk" FOREIGN KEY ("ask_id") REFERENCES "public"."financing_asks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tranches" ADD CONSTRAINT "tranches_requested_by_user_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tranches" ADD CONSTRAINT "tranches_approved_by_user_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tranches" ADD CONSTRAINT "tranches_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ask_readers_delegation" ON "ask_readers" USING btree ("delegation_id");--> statement-breakpoint
CREATE INDEX "financing_asks_request" ON "financing_asks" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "financing_asks_stage" ON "financing_asks" USING btree ("stage");--> statement-breakpoint
CREATE INDEX "financing_asks_institution" ON "financing_asks" USING btree ("institution_id");--> statement-breakpoint
CREATE INDEX "financing_files_ask" ON "financing_files" USING btree ("ask_id");--> statement-breakpoint
CREATE INDEX "financing_moves_ask" ON "financing_moves" USING btree ("ask_id","at");--> statement-breakpoint
CREATE INDEX "financing_questions_ask" ON "financing_questions" USING btree ("ask_id");--> statement-breakpoint
CREATE INDEX "financing_requests_project" ON "financing_requests" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "financing_requests_lead" ON "financing_requests" USING btree ("lead_delegation_id");--> statement-breakpoint
CREATE INDEX "condition_events_of" ON "condition_events" USING btree ("condition_id","at");--> statement-breakpoint
CREATE INDEX "conditions_ask" ON "conditions" USING btree ("ask_id");--> statement-breakpoint
CREATE INDEX "conditions_responsible" ON "conditions" USING btree ("responsible_id","state");--> statement-breakpoint
CREATE INDEX "ledger_entries_ask" ON "ledger_entries" USING btree ("ask_id","kind");--> statement-breakpoint
CREATE INDEX "ledger_entries_facility" ON "ledger_entries" USING btree ("facility_id");--> statement-breakpoint
CREATE INDEX "ledger_entries_tranche" ON "ledger_entries" USING btree ("tranche_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tranches_number" ON "tranches" USING btree ("ask_id","number");