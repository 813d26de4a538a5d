-- AlterTable
ALTER TABLE "output" ADD COLUMN     "copies" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "copy_of" UUID;

-- CreateTable
CREATE TABLE "unread_output" (
    "seq" BIGSERIAL NOT NULL,
    "project_id" UUID NOT NULL,
    "output_ids" UUID[],

    CONSTRAINT "unread_output_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "content_unit" (
    "project_id" UUID NOT NULL,
    "input_hash" BYTEA NOT NULL,
    "output_hash" BYTEA NOT NULL,
    "epoch_id" UUID NOT NULL,
    "output_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "content_unit_pkey" PRIMARY KEY ("project_id","input_hash","output_hash","epoch_id")
);

-- CreateIndex
CREATE INDEX "unread_output_project_id_seq_idx" ON "unread_output"("project_id", "seq");

-- CreateIndex
CREATE INDEX "content_unit_seen_at_idx" ON "content_unit"("seen_at");

-- AddForeignKey
ALTER TABLE "content_unit" ADD CONSTRAINT "content_unit_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "output" ADD CONSTRAINT "output_copy_has_none" CHECK ("copy_of" IS NULL OR ("copies" = 0 AND "random_number" = 1)) NOT VALID;

-- Repetitions are looked for after the commit, by the same list as drift, with a reader of its own.
CREATE OR REPLACE FUNCTION "assay_note_uncounted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "uncounted_output" ("project_id", "output_ids")
  SELECT "project_id", array_agg("id") FROM "added" WHERE "phase"::text <> 'HELD' GROUP BY "project_id";
  INSERT INTO "unread_output" ("project_id", "output_ids")
  SELECT "project_id", array_agg("id") FROM "added" WHERE "phase"::text = 'PRODUCTION' GROUP BY "project_id";
  RETURN NULL;
END;
$$;
