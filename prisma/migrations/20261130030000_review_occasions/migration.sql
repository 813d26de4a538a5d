-- CreateEnum
CREATE TYPE "review_mode" AS ENUM ('BLIND_FIRST', 'OUTPUT_FIRST');

-- CreateEnum
CREATE TYPE "occasion_kind" AS ENUM ('GOLD', 'REPEAT', 'DIAGNOSTIC');

-- DropForeignKey
ALTER TABLE "review_slot" DROP CONSTRAINT "review_slot_project_id_output_id_fkey";

-- DropIndex
DROP INDEX "review_project_id_output_id_reviewer_id_revision_key";

-- DropIndex
DROP INDEX "review_slot_project_id_output_id_holder_id_key";

-- DropIndex
DROP INDEX "review_slot_project_id_output_id_look_key";

-- AlterTable
ALTER TABLE "project" ADD COLUMN     "blind_arm_share" DOUBLE PRECISION NOT NULL DEFAULT 0.1,
ADD COLUMN     "gold_share" DOUBLE PRECISION NOT NULL DEFAULT 0.04,
ADD COLUMN     "gold_views" INTEGER NOT NULL DEFAULT 20,
ADD COLUMN     "repeat_after_days" INTEGER NOT NULL DEFAULT 14,
ADD COLUMN     "repeat_per_week" INTEGER NOT NULL DEFAULT 3,
ADD COLUMN     "review_mode" "review_mode" NOT NULL DEFAULT 'BLIND_FIRST',
ADD COLUMN     "review_mode_since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "review" ADD COLUMN     "correction" JSONB,
ADD COLUMN     "error_tags" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "mode" TEXT NOT NULL DEFAULT 'blind',
ADD COLUMN     "occasion" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "severity" TEXT;

-- AlterTable
ALTER TABLE "review_reveal" DROP CONSTRAINT "review_reveal_pkey",
ADD COLUMN     "occasion" INTEGER NOT NULL DEFAULT 0,
ADD CONSTRAINT "review_reveal_pkey" PRIMARY KEY ("project_id", "output_id", "occasion", "reviewer_id");

-- AlterTable
ALTER TABLE "review_slot" ADD COLUMN     "assignee_id" UUID,
ADD COLUMN     "occasion" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "review_occasion" (
    "project_id" UUID NOT NULL,
    "output_id" UUID NOT NULL,
    "occasion" INTEGER NOT NULL,
    "kind" "occasion_kind" NOT NULL,
    "shown_output" JSONB,
    "truth" JSONB,
    "expected_verdict" "verdict",
    "seeded_field" TEXT,
    "note" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_occasion_pkey" PRIMARY KEY ("project_id","output_id","occasion")
);

-- CreateTable
CREATE TABLE "review_shown" (
    "project_id" UUID NOT NULL,
    "output_id" UUID NOT NULL,
    "occasion" INTEGER NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "slot_id" UUID NOT NULL,
    "shown_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "review_shown_pkey" PRIMARY KEY ("project_id","output_id","occasion","reviewer_id")
);

-- CreateIndex
CREATE INDEX "review_occasion_project_id_kind_created_at_idx" ON "review_occasion"("project_id", "kind", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "review_project_id_output_id_occasion_reviewer_id_revision_key" ON "review"("project_id", "output_id", "occasion", "reviewer_id", "revision");

-- CreateIndex
CREATE UNIQUE INDEX "review_slot_project_id_output_id_occasion_look_key" ON "review_slot"("project_id", "output_id", "occasion", "look");

-- CreateIndex
CREATE UNIQUE INDEX "review_slot_project_id_output_id_occasion_holder_id_key" ON "review_slot"("project_id", "output_id", "occasion", "holder_id");

-- AddForeignKey
ALTER TABLE "review_slot" ADD CONSTRAINT "review_slot_project_id_output_id_fkey" FOREIGN KEY ("project_id", "output_id") REFERENCES "output"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_occasion" ADD CONSTRAINT "review_occasion_project_id_output_id_fkey" FOREIGN KEY ("project_id", "output_id") REFERENCES "output"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_shown" ADD CONSTRAINT "review_shown_project_id_slot_id_fkey" FOREIGN KEY ("project_id", "slot_id") REFERENCES "review_slot"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- Below: what Prisma's schema language cannot say.

ALTER TABLE "project" ADD CONSTRAINT "project_review_ranges" CHECK (
  "blind_arm_share" BETWEEN 0 AND 1 AND "gold_share" BETWEEN 0 AND 0.5 AND "gold_views" BETWEEN 1 AND 1000
  AND "repeat_per_week" BETWEEN 0 AND 100 AND "repeat_after_days" BETWEEN 1 AND 365);
ALTER TABLE "review_slot" DROP CONSTRAINT "review_slot_look_range";
ALTER TABLE "review_slot" ADD CONSTRAINT "review_slot_look_range" CHECK (
  "occasion" >= 0 AND "look" >= 1 AND ("occasion" > 0 OR "look" <= 3));
ALTER TABLE "review_occasion" ADD CONSTRAINT "review_occasion_number" CHECK ("occasion" >= 1);
ALTER TABLE "review_occasion" ADD CONSTRAINT "review_occasion_gold_is_known" CHECK (
  "kind" <> 'GOLD' OR ("truth" IS NOT NULL AND "expected_verdict" IN ('CORRECT', 'INCORRECT')));
ALTER TABLE "review" ADD CONSTRAINT "review_severity" CHECK ("severity" IN ('minor', 'major', 'critical'));
ALTER TABLE "review" ADD CONSTRAINT "review_mode_known" CHECK ("mode" IN ('blind', 'output_first'));

-- A re-serving is made for somebody once.
CREATE UNIQUE INDEX "review_slot_occasion_assignee_key" ON "review_slot" ("project_id", "output_id", "occasion", "assignee_id")
  WHERE "occasion" > 0;
-- What waits for whom, and whom a re-serving was made for: re-servings are few.
CREATE INDEX "review_slot_probe_idx" ON "review_slot" ("project_id", "assignee_id", "state") WHERE "occasion" > 0;

-- Slots hang on outputs now: that a reviewed sample stays is said here.
CREATE FUNCTION "assay_reviewed_sample_stays"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "review" WHERE "project_id" = OLD."project_id" AND "output_id" = OLD."output_id" AND "occasion" = 0) THEN
    RAISE EXCEPTION 'a reviewed sample stays' USING ERRCODE = '23001';
  END IF;
  RETURN OLD;
END;
$$;
CREATE TRIGGER "sample_stays" BEFORE DELETE ON "sample" FOR EACH ROW EXECUTE FUNCTION assay_reviewed_sample_stays();

-- What is shown and what is right stay as they were when the re-serving was made; it can only be retired.
CREATE FUNCTION "assay_occasion_is_fixed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'retired_at' - 'note' IS DISTINCT FROM to_jsonb(OLD) - 'retired_at' - 'note' THEN
    RAISE EXCEPTION '% can only be retired', TG_TABLE_NAME USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END;
$$;
CREATE TRIGGER "review_occasion_is_fixed" BEFORE UPDATE ON "review_occasion" FOR EACH ROW EXECUTE FUNCTION assay_occasion_is_fixed();
CREATE TRIGGER "review_occasion_append_only" BEFORE DELETE ON "review_occasion" FOR EACH ROW EXECUTE FUNCTION assay_append_only();
CREATE TRIGGER "review_occasion_no_truncate" BEFORE TRUNCATE ON "review_occasion" FOR EACH STATEMENT EXECUTE FUNCTION assay_no_truncate();
CREATE TRIGGER "review_shown_append_only" BEFORE UPDATE OR DELETE ON "review_shown" FOR EACH ROW EXECUTE FUNCTION assay_append_only();
CREATE TRIGGER "review_shown_no_truncate" BEFORE TRUNCATE ON "review_shown" FOR EACH STATEMENT EXECUTE FUNCTION assay_no_truncate();
