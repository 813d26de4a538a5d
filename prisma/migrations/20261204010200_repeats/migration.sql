-- AlterTable
ALTER TABLE "input_day" ADD COLUMN     "other_answer" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "same_answer" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "content_key" (
    "project_id" UUID NOT NULL,
    "baseline_id" UUID NOT NULL,
    "input_hash" BYTEA NOT NULL,
    "output_hash" BYTEA NOT NULL,
    "day" DATE NOT NULL,

    CONSTRAINT "content_key_pkey" PRIMARY KEY ("project_id","baseline_id","input_hash","output_hash")
);

-- CreateIndex
CREATE INDEX "content_key_project_id_baseline_id_day_idx" ON "content_key"("project_id", "baseline_id", "day");

-- AddForeignKey
ALTER TABLE "content_key" ADD CONSTRAINT "content_key_project_id_baseline_id_fkey" FOREIGN KEY ("project_id", "baseline_id") REFERENCES "input_baseline"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
