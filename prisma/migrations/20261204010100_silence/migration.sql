-- CreateTable
CREATE TABLE "silence_watch" (
    "project_id" UUID NOT NULL,
    "hours" INTEGER NOT NULL,
    "updated_by" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "silence_watch_pkey" PRIMARY KEY ("project_id")
);

-- CreateTable
CREATE TABLE "silence" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "last_received_at" TIMESTAMPTZ(3) NOT NULL,
    "noticed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "silence_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateIndex
CREATE INDEX "silence_project_id_noticed_at_idx" ON "silence"("project_id", "noticed_at");

-- AddForeignKey
ALTER TABLE "silence_watch" ADD CONSTRAINT "silence_watch_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "silence" ADD CONSTRAINT "silence_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "silence_watch" ADD CONSTRAINT "silence_watch_hours_check" CHECK ("hours" BETWEEN 1 AND 2160);

-- One silence at a time, whoever notices it.
CREATE UNIQUE INDEX "silence_open_key" ON "silence"("project_id") WHERE "ended_at" IS NULL;
