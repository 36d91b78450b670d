-- A third language in which consent is read aloud. The rows move as they are: what was read stays what was read.
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_consent_text` (
	`id` text PRIMARY KEY NOT NULL,
	`language` text NOT NULL,
	`version` integer NOT NULL,
	`text` text NOT NULL,
	`sha256` text NOT NULL,
	`effective_from` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "consent_text_language" CHECK("__new_consent_text"."language" in ('kk', 'ru', 'en')),
	CONSTRAINT "consent_text_sha256" CHECK(length("__new_consent_text"."sha256") = 64)
);
--> statement-breakpoint
INSERT INTO `__new_consent_text`("id", "language", "version", "text", "sha256", "effective_from", "created_at", "created_by") SELECT "id", "language", "version", "text", "sha256", "effective_from", "created_at", "created_by" FROM `consent_text`;--> statement-breakpoint
DROP TABLE `consent_text`;--> statement-breakpoint
ALTER TABLE `__new_consent_text` RENAME TO `consent_text`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `consent_text_version` ON `consent_text` (`language`,`version`);
--> statement-breakpoint
-- Rebuilding dropped them with the old table.
CREATE TRIGGER consent_text_no_update BEFORE UPDATE ON consent_text
BEGIN SELECT RAISE(ABORT, 'consent_text: never changes'); END;
--> statement-breakpoint
CREATE TRIGGER consent_text_no_delete BEFORE DELETE ON consent_text
BEGIN SELECT RAISE(ABORT, 'consent_text: never changes'); END;
--> statement-breakpoint
INSERT INTO consent_text (id, language, version, text, sha256, effective_from, created_at, created_by) VALUES
('01940000-0000-7000-8000-000000005013', 'en', 1, 'This is a consultation by video link with a doctor in the city. The doctor sees and hears you but cannot examine you with their hands, so sometimes a visit in person will be needed.

The doctor is shown your name, date of birth, complaints, measurements, pictures and test results. Only the health workers who take part in this consultation see them. No video is recorded; the conclusion is kept as a medical document.

Consent is your free choice. You may refuse at any time, and it will not affect any other care that you are given.

Is all of this clear to you? Do you agree to such a consultation?', '2f8923ee6a63ded8e76de9fc57f2d23630a51c24684ca1db789181ba50daae58', '2026-01-01', '2026-01-01T00:00:00.000Z', NULL);
