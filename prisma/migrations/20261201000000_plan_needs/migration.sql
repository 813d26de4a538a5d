-- AlterTable
ALTER TABLE "sampling_plan" ADD COLUMN     "needs" JSONB NOT NULL DEFAULT '[]';
