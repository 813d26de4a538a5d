-- CreateTable
CREATE TABLE "input_baseline" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outputs" INTEGER NOT NULL,
    "features" JSONB NOT NULL,
    "typicality" JSONB NOT NULL,

    CONSTRAINT "input_baseline_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "uncounted_output" (
    "seq" BIGSERIAL NOT NULL,
    "project_id" UUID NOT NULL,
    "output_ids" UUID[],

    CONSTRAINT "uncounted_output_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "input_day" (
    "project_id" UUID NOT NULL,
    "baseline_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "outputs" BIGINT NOT NULL,
    "unusual" BIGINT NOT NULL,
    "evaluated" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "input_day_pkey" PRIMARY KEY ("project_id","baseline_id","day")
);

-- CreateTable
CREATE TABLE "feature_day" (
    "project_id" UUID NOT NULL,
    "baseline_id" UUID NOT NULL,
    "feature" SMALLINT NOT NULL,
    "day" DATE NOT NULL,
    "counts" BIGINT[],

    CONSTRAINT "feature_day_pkey" PRIMARY KEY ("project_id","baseline_id","feature","day")
);

-- CreateTable
CREATE TABLE "drift_window" (
    "project_id" UUID NOT NULL,
    "baseline_id" UUID NOT NULL,
    "feature" SMALLINT NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "counts" BIGINT[],
    "design_effect" DOUBLE PRECISION NOT NULL,
    "log_tail" DOUBLE PRECISION,
    "log_evidence" DOUBLE PRECISION,
    "noticed" BOOLEAN NOT NULL,
    "returned" BOOLEAN NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "drift_window_pkey" PRIMARY KEY ("project_id","baseline_id","feature","to_day")
);

-- CreateTable
CREATE TABLE "unusual_output" (
    "project_id" UUID NOT NULL,
    "output_id" UUID NOT NULL,
    "baseline_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "rank" DOUBLE PRECISION NOT NULL,
    "contributions" JSONB NOT NULL,

    CONSTRAINT "unusual_output_pkey" PRIMARY KEY ("project_id","baseline_id","output_id")
);

-- CreateIndex
CREATE INDEX "input_baseline_project_id_created_at_idx" ON "input_baseline"("project_id", "created_at");

-- CreateIndex
CREATE INDEX "uncounted_output_project_id_seq_idx" ON "uncounted_output"("project_id", "seq");

-- CreateIndex
CREATE INDEX "feature_day_project_id_baseline_id_day_idx" ON "feature_day"("project_id", "baseline_id", "day");

-- CreateIndex
CREATE INDEX "drift_window_project_id_baseline_id_to_day_idx" ON "drift_window"("project_id", "baseline_id", "to_day");

-- CreateIndex
CREATE INDEX "unusual_output_project_id_baseline_id_day_idx" ON "unusual_output"("project_id", "baseline_id", "day");

-- AddForeignKey
ALTER TABLE "input_baseline" ADD CONSTRAINT "input_baseline_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "input_day" ADD CONSTRAINT "input_day_project_id_baseline_id_fkey" FOREIGN KEY ("project_id", "baseline_id") REFERENCES "input_baseline"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feature_day" ADD CONSTRAINT "feature_day_project_id_baseline_id_fkey" FOREIGN KEY ("project_id", "baseline_id") REFERENCES "input_baseline"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drift_window" ADD CONSTRAINT "drift_window_project_id_baseline_id_fkey" FOREIGN KEY ("project_id", "baseline_id") REFERENCES "input_baseline"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unusual_output" ADD CONSTRAINT "unusual_output_project_id_baseline_id_fkey" FOREIGN KEY ("project_id", "baseline_id") REFERENCES "input_baseline"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the pilot was is never rewritten; a new baseline is a new row.
CREATE TRIGGER "input_baseline_append_only" BEFORE UPDATE OR DELETE ON "input_baseline" FOR EACH ROW EXECUTE FUNCTION assay_append_only();
CREATE TRIGGER "input_baseline_no_truncate" BEFORE TRUNCATE ON "input_baseline" FOR EACH STATEMENT EXECUTE FUNCTION assay_no_truncate();

-- Every new output waits to be counted, whichever door it came through: one row per statement, in the same transaction.
CREATE FUNCTION "assay_note_uncounted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "uncounted_output" ("project_id", "output_ids")
  SELECT "project_id", array_agg("id") FROM "added" GROUP BY "project_id";
  RETURN NULL;
END;
$$;

CREATE TRIGGER "output_uncounted" AFTER INSERT ON "output" REFERENCING NEW TABLE AS "added"
  FOR EACH STATEMENT EXECUTE FUNCTION assay_note_uncounted();
