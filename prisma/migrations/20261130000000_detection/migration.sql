-- CreateEnum
CREATE TYPE "backtest_state" AS ENUM ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "incident_state" AS ENUM ('OPEN', 'ACKNOWLEDGED', 'RESOLVED');

-- CreateEnum
CREATE TYPE "cohort_closing" AS ENUM ('COMPLETE', 'DEADLINE');

-- AlterTable
ALTER TABLE "epoch" ADD COLUMN     "evaluate" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "backtest" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "state" "backtest_state" NOT NULL DEFAULT 'WAITING',
    "settings" JSONB NOT NULL,
    "draws_done" INTEGER NOT NULL DEFAULT 0,
    "draws_total" INTEGER NOT NULL,
    "result" JSONB,
    "problem" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "backtest_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "incident" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "attribute" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "state" "incident_state" NOT NULL DEFAULT 'OPEN',
    "muted_until" TIMESTAMPTZ(3),
    "plan_id" UUID,
    "alarm_sequence" INTEGER,
    "last_sequence" INTEGER,
    "alarms" INTEGER NOT NULL DEFAULT 1,
    "change_sequence" INTEGER,
    "change_day" DATE,
    "alarm_day" DATE,
    "facts" JSONB NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_sequence" INTEGER,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "incident_event" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "incident_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "user_id" UUID,
    "note" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "incident_event_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "monitor_plan" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "attributes" TEXT[],
    "floor" DOUBLE PRECISION,
    "tolerance" DOUBLE PRECISION NOT NULL DEFAULT 0.01,
    "accepted_per_year" DOUBLE PRECISION NOT NULL DEFAULT 0.5,
    "reviews_per_year" DOUBLE PRECISION NOT NULL,
    "threshold" DOUBLE PRECISION NOT NULL,
    "unsure_counts_wrong" BOOLEAN NOT NULL DEFAULT false,
    "boundary" DOUBLE PRECISION NOT NULL,
    "pilot" JSONB,
    "first_sequence" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "note" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "monitor_plan_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "monitor_boundary" (
    "project_id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "attribute" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "boundary" DOUBLE PRECISION NOT NULL,
    "pilot_reviews" INTEGER NOT NULL,

    CONSTRAINT "monitor_boundary_pkey" PRIMARY KEY ("project_id","plan_id","attribute","value")
);

-- CreateTable
CREATE TABLE "monitor_run" (
    "project_id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "fed_sequence" INTEGER NOT NULL DEFAULT 0,
    "evaluated_at" TIMESTAMPTZ(3),

    CONSTRAINT "monitor_run_pkey" PRIMARY KEY ("project_id","plan_id")
);

-- CreateTable
CREATE TABLE "cohort" (
    "project_id" UUID NOT NULL,
    "epoch_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "closing" "cohort_closing" NOT NULL,
    "day" DATE NOT NULL,
    "labelled" INTEGER NOT NULL,
    "unsure" INTEGER NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cohort_pkey" PRIMARY KEY ("project_id","epoch_id")
);

-- CreateTable
CREATE TABLE "cohort_label" (
    "project_id" UUID NOT NULL,
    "epoch_id" UUID NOT NULL,
    "output_id" UUID NOT NULL,
    "stratum_id" UUID NOT NULL,
    "random_number" DOUBLE PRECISION NOT NULL,
    "inclusion_probability" DOUBLE PRECISION NOT NULL,
    "score" DOUBLE PRECISION,
    "corrected_at" TIMESTAMPTZ(3),

    CONSTRAINT "cohort_label_pkey" PRIMARY KEY ("project_id","epoch_id","output_id")
);

-- CreateTable
CREATE TABLE "detector_checkpoint" (
    "project_id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "attribute" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "observations" INTEGER NOT NULL,
    "state" JSONB NOT NULL,
    "log_evidence" DOUBLE PRECISION NOT NULL,
    "peak" DOUBLE PRECISION NOT NULL,
    "alarms" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "detector_checkpoint_pkey" PRIMARY KEY ("project_id","plan_id","attribute","value","sequence")
);

-- CreateIndex
CREATE INDEX "backtest_project_id_created_at_idx" ON "backtest"("project_id", "created_at");

-- CreateIndex
CREATE INDEX "incident_project_id_opened_at_idx" ON "incident"("project_id", "opened_at");

-- CreateIndex
CREATE INDEX "incident_project_id_attribute_value_idx" ON "incident"("project_id", "attribute", "value");

-- CreateIndex
CREATE INDEX "incident_event_project_id_incident_id_at_idx" ON "incident_event"("project_id", "incident_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "monitor_plan_project_id_version_key" ON "monitor_plan"("project_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "cohort_project_id_sequence_key" ON "cohort"("project_id", "sequence");

-- CreateIndex
CREATE INDEX "cohort_label_project_id_output_id_idx" ON "cohort_label"("project_id", "output_id");

-- CreateIndex
CREATE INDEX "detector_checkpoint_project_id_plan_id_sequence_idx" ON "detector_checkpoint"("project_id", "plan_id", "sequence");

-- AddForeignKey
ALTER TABLE "backtest" ADD CONSTRAINT "backtest_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_project_id_plan_id_fkey" FOREIGN KEY ("project_id", "plan_id") REFERENCES "monitor_plan"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_event" ADD CONSTRAINT "incident_event_project_id_incident_id_fkey" FOREIGN KEY ("project_id", "incident_id") REFERENCES "incident"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "monitor_plan" ADD CONSTRAINT "monitor_plan_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "monitor_boundary" ADD CONSTRAINT "monitor_boundary_project_id_plan_id_fkey" FOREIGN KEY ("project_id", "plan_id") REFERENCES "monitor_plan"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "monitor_run" ADD CONSTRAINT "monitor_run_project_id_plan_id_fkey" FOREIGN KEY ("project_id", "plan_id") REFERENCES "monitor_plan"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cohort" ADD CONSTRAINT "cohort_project_id_epoch_id_fkey" FOREIGN KEY ("project_id", "epoch_id") REFERENCES "epoch"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cohort_label" ADD CONSTRAINT "cohort_label_project_id_epoch_id_fkey" FOREIGN KEY ("project_id", "epoch_id") REFERENCES "cohort"("project_id", "epoch_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cohort_label" ADD CONSTRAINT "cohort_label_project_id_output_id_fkey" FOREIGN KEY ("project_id", "output_id") REFERENCES "output"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "detector_checkpoint" ADD CONSTRAINT "detector_checkpoint_project_id_plan_id_fkey" FOREIGN KEY ("project_id", "plan_id") REFERENCES "monitor_plan"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;



-- Below: what Prisma's schema language cannot say.

ALTER TABLE "monitor_plan" ADD CONSTRAINT "monitor_plan_ranges" CHECK (
  "floor" BETWEEN 0 AND 1 AND "tolerance" BETWEEN 0 AND 0.5 AND "accepted_per_year" > 0 AND "reviews_per_year" > 0
  AND "threshold" >= 1 AND "boundary" > 0 AND "boundary" < 1 AND "first_sequence" >= 1);
ALTER TABLE "monitor_boundary" ADD CONSTRAINT "monitor_boundary_range" CHECK ("boundary" > 0 AND "boundary" < 1);
ALTER TABLE "cohort_label" ADD CONSTRAINT "cohort_label_ranges" CHECK (
  "inclusion_probability" > 0 AND "inclusion_probability" <= 1 AND "score" BETWEEN 0 AND 1);
ALTER TABLE "incident" ADD CONSTRAINT "incident_resolved_has_time" CHECK (("state" = 'RESOLVED') = ("resolved_at" IS NOT NULL));
ALTER TABLE "backtest" ADD CONSTRAINT "backtest_progress" CHECK ("draws_done" BETWEEN 0 AND "draws_total");

-- One incident at a time: whoever comes second finds it and adds to it.
CREATE UNIQUE INDEX "incident_open_key" ON "incident" ("project_id", "kind", "attribute", "value") WHERE "state" <> 'RESOLVED';
-- An evaluation looks only at epochs that changed, and at those whose time may be over.
CREATE INDEX "epoch_evaluate_idx" ON "epoch" ("project_id") WHERE "evaluate";

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['monitor_plan', 'monitor_boundary', 'incident_event'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION assay_append_only()', t || '_append_only', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION assay_no_truncate()', t || '_no_truncate', t);
  END LOOP;
END;
$$;
