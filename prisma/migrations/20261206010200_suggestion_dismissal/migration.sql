-- CreateTable
CREATE TABLE "suggestion_dismissal" (
    "project_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "share" DOUBLE PRECISION NOT NULL,
    "note" TEXT NOT NULL,
    "dismissed_by" UUID,
    "dismissed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "suggestion_dismissal_pkey" PRIMARY KEY ("project_id","key")
);

-- AddForeignKey
ALTER TABLE "suggestion_dismissal" ADD CONSTRAINT "suggestion_dismissal_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Below: what Prisma's schema language cannot say.

ALTER TABLE "suggestion_dismissal" ADD CONSTRAINT "suggestion_dismissal_says_why" CHECK (length("note") > 0 AND "share" BETWEEN 0 AND 1);
