CREATE TABLE "announced_capacities" (
	"project_id" text NOT NULL,
	"mineral_id" text NOT NULL,
	"stage" text NOT NULL,
	"tonnes" numeric(20, 4) NOT NULL,
	"bound" text NOT NULL,
	"words" text NOT NULL,
	"reading" text NOT NULL,
	CONSTRAINT "announced_capacities_project_id_mineral_id_stage_pk" PRIMARY KEY("project_id","mineral_id","stage"),
	CONSTRAINT "announced_capacities_tonnes" CHECK ("announced_capacities"."tonnes" > 0)
);
--> statement-breakpoint
CREATE TABLE "conversions" (
	"mineral_id" text NOT NULL,
	"compound" text NOT NULL,
	"element" text NOT NULL,
	"share" numeric(6, 4) NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "conversions_mineral_id_compound_pk" PRIMARY KEY("mineral_id","compound")
);
--> statement-breakpoint
CREATE TABLE "import_reliance" (
	"mineral_id" text NOT NULL,
	"position" integer NOT NULL,
	"commodity" text NOT NULL,
	"measure" text NOT NULL,
	"origin" text,
	"period" text NOT NULL,
	"percent" text NOT NULL,
	"note" text,
	"source" text NOT NULL,
	CONSTRAINT "import_reliance_mineral_id_position_pk" PRIMARY KEY("mineral_id","position")
);
--> statement-breakpoint
CREATE TABLE "mineral_forms" (
	"mineral_id" text NOT NULL,
	"position" integer NOT NULL,
	"stage" text NOT NULL,
	"form" text NOT NULL,
	"contained" text,
	"codes" jsonb NOT NULL,
	CONSTRAINT "mineral_forms_mineral_id_position_pk" PRIMARY KEY("mineral_id","position")
);
--> statement-breakpoint
CREATE TABLE "price_series" (
	"id" text PRIMARY KEY NOT NULL,
	"mineral_id" text NOT NULL,
	"name" text NOT NULL,
	"frequency" text NOT NULL,
	"unit" text NOT NULL,
	"note" text,
	"licence" text NOT NULL,
	"source" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prices" (
	"series_id" text NOT NULL,
	"period" text NOT NULL,
	"value" numeric(20, 6),
	"low" numeric(20, 6),
	"high" numeric(20, 6),
	"is_estimate" boolean NOT NULL,
	"published" text NOT NULL,
	CONSTRAINT "prices_series_id_period_pk" PRIMARY KEY("series_id","period")
);
--> statement-breakpoint
CREATE TABLE "production" (
	"series_id" text NOT NULL,
	"position" integer NOT NULL,
	"country" text NOT NULL,
	"iso2" text,
	"kind" text NOT NULL,
	"year" integer NOT NULL,
	"tonnes" numeric(20, 4),
	"qualifier" text NOT NULL,
	"is_estimate" boolean NOT NULL,
	"published" text NOT NULL,
	"note" text,
	CONSTRAINT "production_series_id_position_pk" PRIMARY KEY("series_id","position"),
	CONSTRAINT "production_tonnes" CHECK ("production"."tonnes" >= 0)
);
--> statement-breakpoint
CREATE TABLE "production_series" (
	"id" text PRIMARY KEY NOT NULL,
	"dataset" text NOT NULL,
	"mineral_id" text NOT NULL,
	"product" text NOT NULL,
	"stage" text NOT NULL,
	"basis" text NOT NULL,
	"not_comparable" text,
	"licence" text NOT NULL,
	"source" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reserves" (
	"mineral_id" text NOT NULL,
	"position" integer NOT NULL,
	"measure" text NOT NULL,
	"country" text NOT NULL,
	"iso2" text,
	"kind" text NOT NULL,
	"year" integer NOT NULL,
	"tonnes" numeric(20, 4),
	"qualifier" text NOT NULL,
	"is_estimate" boolean NOT NULL,
	"published" text NOT NULL,
	"note" text,
	"basis" text NOT NULL,
	"licence" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "reserves_mineral_id_position_pk" PRIMARY KEY("mineral_id","position")
);
--> statement-breakpoint
ALTER TABLE "announced_capacities" ADD CONSTRAINT "announced_capacities_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announced_capacities" ADD CONSTRAINT "announced_capacities_mineral_id_minerals_id_fk" FOREIGN KEY ("mineral_id") REFERENCES "public"."minerals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversions" ADD CONSTRAINT "conversions_mineral_id_minerals_id_fk" FOREIGN KEY ("mineral_id") REFERENCES "public"."minerals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_reliance" ADD CONSTRAINT "import_reliance_mineral_id_minerals_id_fk" FOREIGN KEY ("mineral_id") REFERENCES "public"."minerals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mineral_forms" ADD CONSTRAINT "mineral_forms_mineral_id_minerals_id_fk" FOREIGN KEY ("mineral_id") REFERENCES "public"."minerals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_series" ADD CONSTRAINT "price_series_mineral_id_minerals_id_fk" FOREIGN KEY ("mineral_id") REFERENCES "public"."minerals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_series_id_price_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."price_series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "production" ADD CONSTRAINT "production_series_id_production_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."production_series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "production_series" ADD CONSTRAINT "production_series_mineral_id_minerals_id_fk" FOREIGN KEY ("mineral_id") REFERENCES "public"."minerals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reserves" ADD CONSTRAINT "reserves_mineral_id_minerals_id_fk" FOREIGN KEY ("mineral_id") REFERENCES "public"."minerals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "price_series_mineral" ON "price_series" USING btree ("mineral_id");--> statement-breakpoint
CREATE INDEX "production_year" ON "production" USING btree ("year");--> statement-breakpoint
CREATE INDEX "production_series_mineral" ON "production_series" USING btree ("mineral_id");