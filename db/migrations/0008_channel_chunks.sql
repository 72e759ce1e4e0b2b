CREATE TABLE "channel_chunks" (
	"channel_id" text NOT NULL,
	"first_seq" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	"data" "bytea" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "channel_chunks_channel_id_first_seq_pk" PRIMARY KEY("channel_id","first_seq"),
	CONSTRAINT "channel_chunks_order" CHECK ("channel_chunks"."first_seq" >= 1 and "channel_chunks"."first_seq" <= "channel_chunks"."last_seq")
);
--> statement-breakpoint
CREATE TABLE "channel_writers" (
	"channel_id" text NOT NULL,
	"writer" text NOT NULL,
	"user_id" text NOT NULL,
	"refs" "int8multirange" NOT NULL,
	"places" "bytea" NOT NULL,
	CONSTRAINT "channel_writers_channel_id_writer_pk" PRIMARY KEY("channel_id","writer")
);
--> statement-breakpoint
ALTER TABLE "channel_snapshots" ADD COLUMN "packed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "compacted" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "channel_chunks" ADD CONSTRAINT "channel_chunks_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_writers" ADD CONSTRAINT "channel_writers_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_compacted" CHECK ("channels"."compacted" >= 0 and "channels"."compacted" <= "channels"."head");