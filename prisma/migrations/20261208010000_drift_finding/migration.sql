-- CreateTable
CREATE TABLE "drift_finding" (
    "project_id" UUID NOT NULL,
    "baseline_id" UUID NOT NULL,
    "feature" SMALLINT NOT NULL,
    "ordinal" SMALLINT NOT NULL,
    "code" TEXT NOT NULL,
    "since" DATE NOT NULL,
    "noticed_on" DATE NOT NULL,
    "log_tail" DOUBLE PRECISION NOT NULL,
    "ended_on" DATE,
    "ended_by" TEXT,
    "gained" JSONB NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "drift_finding_pkey" PRIMARY KEY ("project_id","baseline_id","feature","ordinal")
);

-- AddForeignKey
ALTER TABLE "drift_finding" ADD CONSTRAINT "drift_finding_project_id_baseline_id_fkey" FOREIGN KEY ("project_id", "baseline_id") REFERENCES "input_baseline"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "drift_finding" ADD CONSTRAINT "drift_finding_ended_check" CHECK (("ended_by" IS NULL) = ("closed_at" IS NULL));

-- What is open is asked for by every request that brings outputs.
CREATE INDEX "drift_finding_open_idx" ON "drift_finding"("project_id") WHERE "closed_at" IS NULL;

-- The newest day is judged again, so that what had moved before this release is written down, too.
UPDATE "input_day" SET "evaluated" = false WHERE ("project_id", "baseline_id", "day") IN (
  SELECT "project_id", "baseline_id", max("day") FROM "input_day" GROUP BY "project_id", "baseline_id");
