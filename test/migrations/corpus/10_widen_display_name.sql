-- Users with several surnames hit the limit.
-- display_name was varchar(50), bio was varchar(500)
ALTER TABLE "UserProfile" ALTER COLUMN "display_name" TYPE varchar(100);
ALTER TABLE "UserProfile" ALTER COLUMN "bio" SET DATA TYPE text;
