-- Up Migration
ALTER TABLE "members" RENAME COLUMN "username" TO "handle";
ALTER INDEX "members_username_idx" RENAME TO "members_handle_idx";

-- Down Migration
ALTER INDEX "members_handle_idx" RENAME TO "members_username_idx";
ALTER TABLE "members" RENAME COLUMN "handle" TO "username";
