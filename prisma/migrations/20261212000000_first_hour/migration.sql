-- AlterTable
ALTER TABLE "user_account" ADD COLUMN     "tour_hidden_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "project_start" (
    "project_id" UUID NOT NULL,
    "sample" TEXT,
    "settled" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "project_start_pkey" PRIMARY KEY ("project_id")
);

-- CreateTable
CREATE TABLE "demo_run" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "requested_by" UUID,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "weeks_done" INTEGER NOT NULL DEFAULT 0,
    "weeks_all" INTEGER NOT NULL DEFAULT 0,
    "finished_at" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "demo_run_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "project_start" ADD CONSTRAINT "project_start_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Below: what Prisma's schema language cannot say.

ALTER TABLE "demo_run" ADD CONSTRAINT "demo_run_is_one_row" CHECK ("id" = 1);
ALTER TABLE "demo_run" ADD CONSTRAINT "demo_run_counts" CHECK ("weeks_done" BETWEEN 0 AND "weeks_all");
