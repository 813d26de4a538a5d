-- AlterTable
ALTER TABLE "output" ADD COLUMN     "sent_id" TEXT;

-- AlterTable
ALTER TABLE "quarantine" ADD COLUMN     "counted_as" TEXT,
ADD COLUMN     "output_id" UUID;

-- A number of 1 is below no rate: another output stands for this one.
ALTER TABLE "output" DROP CONSTRAINT "output_random_number_range";
ALTER TABLE "output" ADD CONSTRAINT "output_random_number_range" CHECK ("random_number" >= 0 AND "random_number" <= 1) NOT VALID;

-- What was sent never changes. Where an output is counted may: a held record that is released joins the others under its own id, and
-- what is found out later is added to the flags.
DROP TRIGGER "output_append_only" ON "output";
CREATE TRIGGER "output_append_only" BEFORE DELETE ON "output" FOR EACH ROW EXECUTE FUNCTION assay_append_only();
CREATE FUNCTION "assay_output_is_kept"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."project_id", NEW."id", NEW."source_id", NEW."occurred_at", NEW."day", NEW."received_at", NEW."input", NEW."output", NEW."model_name",
      NEW."model_version", NEW."segments", NEW."confidence", NEW."cluster", NEW."source_probability", NEW."extra", NEW."content_hash")
    IS DISTINCT FROM (OLD."project_id", OLD."id", OLD."source_id", OLD."occurred_at", OLD."day", OLD."received_at", OLD."input", OLD."output",
      OLD."model_name", OLD."model_version", OLD."segments", OLD."confidence", OLD."cluster", OLD."source_probability", OLD."extra", OLD."content_hash")
    OR (OLD."phase"::text <> 'HELD' AND ((NEW."phase", NEW."external_id", NEW."sent_id", NEW."contract_version")
      IS DISTINCT FROM (OLD."phase", OLD."external_id", OLD."sent_id", OLD."contract_version") OR NOT NEW."flags" @> OLD."flags")) THEN
    RAISE EXCEPTION '% keeps what was sent', TG_TABLE_NAME USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END;
$$;
CREATE TRIGGER "output_is_kept" BEFORE UPDATE ON "output" FOR EACH ROW EXECUTE FUNCTION assay_output_is_kept();

-- How it is counted may still be found out after somebody decided about it.
CREATE OR REPLACE FUNCTION "assay_quarantine_is_kept"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."project_id", NEW."id", NEW."source_id", NEW."kind", NEW."received_at", NEW."raw_length", NEW."raw_hash")
       IS DISTINCT FROM (OLD."project_id", OLD."id", OLD."source_id", OLD."kind", OLD."received_at", OLD."raw_length", OLD."raw_hash")
     OR NEW."external_id" IS DISTINCT FROM OLD."external_id" OR NEW."raw" IS DISTINCT FROM OLD."raw"
     OR (OLD."state" <> 'HELD' AND (NEW."state", NEW."reasons", NEW."first_code", NEW."contract_version", NEW."settled_how", NEW."settled_at",
           NEW."settled_by", NEW."settled_note")
       IS DISTINCT FROM (OLD."state", OLD."reasons", OLD."first_code", OLD."contract_version", OLD."settled_how", OLD."settled_at",
           OLD."settled_by", OLD."settled_note")) THEN
    RAISE EXCEPTION '% keeps what was sent, and is settled once', TG_TABLE_NAME USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END;
$$;
ALTER TABLE "quarantine" ADD CONSTRAINT "quarantine_counted_as" CHECK (
  "counted_as" IN ('stratum', 'unreadable', 'resent', 'pilot', 'output') AND ("counted_as" <> 'stratum' OR "output_id" IS NOT NULL)) NOT VALID;

-- Drift is counted over what was taken: a held record is on the list when it is released.
CREATE OR REPLACE FUNCTION "assay_note_uncounted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "uncounted_output" ("project_id", "output_ids")
  SELECT "project_id", array_agg("id") FROM "added" WHERE "phase"::text <> 'HELD' GROUP BY "project_id";
  RETURN NULL;
END;
$$;
