-- CreateTable
CREATE TABLE "cohort_stratum" (
    "project_id" UUID NOT NULL,
    "epoch_id" UUID NOT NULL,
    "stratum_id" UUID NOT NULL,
    "planned_probability" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "cohort_stratum_pkey" PRIMARY KEY ("project_id","epoch_id","stratum_id")
);

-- AddForeignKey
ALTER TABLE "cohort_stratum" ADD CONSTRAINT "cohort_stratum_project_id_epoch_id_fkey" FOREIGN KEY ("project_id", "epoch_id") REFERENCES "cohort"("project_id", "epoch_id") ON DELETE CASCADE ON UPDATE CASCADE;



-- Below: what Prisma's schema language cannot say.

ALTER TABLE "cohort_stratum" ADD CONSTRAINT "cohort_stratum_range" CHECK ("planned_probability" > 0 AND "planned_probability" <= 1);
