-- CreateTable
CREATE TABLE "stored_reading" (
    "project_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "build" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stored_reading_pkey" PRIMARY KEY ("project_id","kind","key")
);

-- AddForeignKey
ALTER TABLE "stored_reading" ADD CONSTRAINT "stored_reading_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
