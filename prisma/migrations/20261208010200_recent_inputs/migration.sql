-- CreateTable
CREATE TABLE "recent_input" (
    "project_id" UUID NOT NULL,
    "baseline_id" UUID NOT NULL,
    "keys" JSONB NOT NULL,

    CONSTRAINT "recent_input_pkey" PRIMARY KEY ("project_id","baseline_id")
);

-- AddForeignKey
ALTER TABLE "recent_input" ADD CONSTRAINT "recent_input_project_id_baseline_id_fkey" FOREIGN KEY ("project_id", "baseline_id") REFERENCES "input_baseline"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
