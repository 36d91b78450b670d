CREATE TABLE `conclusion_template_version` (
	`template_id` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`is_retired` integer NOT NULL,
	`saved_by` text,
	`saved_at` text NOT NULL,
	PRIMARY KEY(`template_id`, `version`),
	FOREIGN KEY (`template_id`) REFERENCES `conclusion_template`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`saved_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TRIGGER conclusion_template_version_no_update BEFORE UPDATE ON conclusion_template_version
BEGIN SELECT RAISE(ABORT, 'conclusion_template_version: never changes'); END;
--> statement-breakpoint
CREATE TRIGGER conclusion_template_version_no_delete BEFORE DELETE ON conclusion_template_version
BEGIN SELECT RAISE(ABORT, 'conclusion_template_version: never changes'); END;
--> statement-breakpoint
-- What there is begins its history; versions from before were not kept.
INSERT INTO conclusion_template_version (template_id, version, content, is_retired, saved_by, saved_at)
SELECT id, version, content, is_retired, updated_by, updated_at FROM conclusion_template;
