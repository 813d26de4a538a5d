-- AlterTable
ALTER TABLE "project" ADD COLUMN     "image_hosts" TEXT[] DEFAULT ARRAY[]::TEXT[];
