-- CreateTable
CREATE TABLE "job_stall" (
    "id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "project_id" UUID,
    "thread" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_stall_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "job_stall" ADD CONSTRAINT "job_stall_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Of one kind of work, one stall is open at a time: of two processes that see it, one tells.
CREATE UNIQUE INDEX "job_stall_open_key" ON "job_stall" ("subject", COALESCE("project_id", '00000000-0000-0000-0000-000000000000'::uuid)) WHERE "ended_at" IS NULL;
