-- Editions of what a consult is judged by get a name, who made them and when. Limits and moments stay as they were.
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_evidence_limit` (
	`id` text PRIMARY KEY NOT NULL,
	`effective_from` text NOT NULL,
	`limits` text NOT NULL,
	`created_by` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_evidence_limit` (`id`, `effective_from`, `limits`, `created_by`, `created_at`)
SELECT printf('01940000-0000-7000-8000-%012d', 6000 + row_number() OVER (ORDER BY `effective_from`)), `effective_from`, `limits`, NULL, `effective_from` FROM `evidence_limit`;--> statement-breakpoint
DROP TABLE `evidence_limit`;--> statement-breakpoint
ALTER TABLE `__new_evidence_limit` RENAME TO `evidence_limit`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `evidence_limit_effective` ON `evidence_limit` (`effective_from`,`created_at`);
--> statement-breakpoint
CREATE TRIGGER evidence_limit_no_update BEFORE UPDATE ON evidence_limit
BEGIN SELECT RAISE(ABORT, 'evidence_limit: never changes'); END;
--> statement-breakpoint
CREATE TRIGGER evidence_limit_no_delete BEFORE DELETE ON evidence_limit
BEGIN SELECT RAISE(ABORT, 'evidence_limit: never changes'); END;
