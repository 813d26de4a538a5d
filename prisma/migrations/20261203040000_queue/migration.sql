-- AlterTable
ALTER TABLE "project" ADD COLUMN     "reviews_paused_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "review_occasion" ADD COLUMN     "batch_id" UUID;

-- CreateTable
CREATE TABLE "diagnostic_batch" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "note" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "origin_ref" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "diagnostic_batch_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "reviewer_setting" (
    "project_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "target_per_week" INTEGER,
    "skills" JSONB NOT NULL DEFAULT '{}',
    "updated_by" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reviewer_setting_pkey" PRIMARY KEY ("project_id","user_id")
);

-- CreateTable
CREATE TABLE "review_digest" (
    "project_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "facts" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_digest_pkey" PRIMARY KEY ("project_id","user_id","day")
);

-- CreateIndex
CREATE INDEX "diagnostic_batch_project_id_created_at_idx" ON "diagnostic_batch"("project_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "review_occasion_project_id_batch_id_output_id_key" ON "review_occasion"("project_id", "batch_id", "output_id");

-- AddForeignKey
ALTER TABLE "review_occasion" ADD CONSTRAINT "review_occasion_project_id_batch_id_fkey" FOREIGN KEY ("project_id", "batch_id") REFERENCES "diagnostic_batch"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "diagnostic_batch" ADD CONSTRAINT "diagnostic_batch_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reviewer_setting" ADD CONSTRAINT "reviewer_setting_project_id_user_id_fkey" FOREIGN KEY ("project_id", "user_id") REFERENCES "membership"("project_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_digest" ADD CONSTRAINT "review_digest_project_id_user_id_fkey" FOREIGN KEY ("project_id", "user_id") REFERENCES "membership"("project_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Below: what Prisma's schema language cannot say.

ALTER TABLE "review_occasion" ADD CONSTRAINT "review_occasion_batch_is_diagnostic" CHECK ("batch_id" IS NULL OR "kind" = 'DIAGNOSTIC');
ALTER TABLE "diagnostic_batch" ADD CONSTRAINT "diagnostic_batch_origin" CHECK (
  "origin" IN ('selection', 'filter', 'incident', 'output', 'quarantine'));
ALTER TABLE "reviewer_setting" ADD CONSTRAINT "reviewer_setting_ranges" CHECK (
  "target_per_week" BETWEEN 1 AND 10000 AND jsonb_typeof("skills") = 'object');
