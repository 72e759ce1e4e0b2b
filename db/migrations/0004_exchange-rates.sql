CREATE TABLE "exchange_rates" (
	"id" text PRIMARY KEY NOT NULL,
	"base" text NOT NULL,
	"quote" text NOT NULL,
	"day" date NOT NULL,
	"rate" numeric(24, 12) NOT NULL,
	"source" text NOT NULL,
	"entered_by" text NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_by" text,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_why" text,
	CONSTRAINT "exchange_rates_two" CHECK ("exchange_rates"."base" <> "exchange_rates"."quote"),
	CONSTRAINT "exchange_rates_codes" CHECK ("exchange_rates"."base" ~ '^[A-Z]{3}$' and "exchange_rates"."quote" ~ '^[A-Z]{3}$'),
	CONSTRAINT "exchange_rates_positive" CHECK ("exchange_rates"."rate" > 0),
	CONSTRAINT "exchange_rates_source" CHECK (char_length("exchange_rates"."source") between 3 and 300),
	CONSTRAINT "exchange_rates_withdrawn" CHECK (("exchange_rates"."withdrawn_at" is null) = ("exchange_rates"."withdrawn_by" is null) and ("exchange_rates"."withdrawn_at" is null) = ("exchange_rates"."withdrawn_why" is null))
);
--> statement-breakpoint
ALTER TABLE "exchange_rates" ADD CONSTRAINT "exchange_rates_entered_by_user_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange_rates" ADD CONSTRAINT "exchange_rates_withdrawn_by_user_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "exchange_rates_current" ON "exchange_rates" USING btree (least("base", "quote"),greatest("base", "quote"),"day") WHERE "exchange_rates"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "exchange_rates_day" ON "exchange_rates" USING btree ("day");