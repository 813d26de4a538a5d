-- CreateTable
CREATE TABLE "input_finding" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "facts" JSONB NOT NULL,
    "noticed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "input_finding_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateIndex
CREATE INDEX "input_finding_project_id_noticed_at_idx" ON "input_finding"("project_id", "noticed_at");

-- AddForeignKey
ALTER TABLE "input_finding" ADD CONSTRAINT "input_finding_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Below: what Prisma's schema language cannot say.

-- One at a time about one thing, whoever notices it.
CREATE UNIQUE INDEX "input_finding_open_key" ON "input_finding" ("project_id", "code", "subject") WHERE "ended_at" IS NULL;
