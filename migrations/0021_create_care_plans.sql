CREATE TABLE `care_task` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`composition_id` text NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`reason` text NOT NULL,
	`due_on` text NOT NULL,
	`status` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`moves` integer DEFAULT 0 NOT NULL,
	`move_reason` text DEFAULT '' NOT NULL,
	`done_at` text,
	`done_by` text,
	`note` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`composition_id`) REFERENCES `composition`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`done_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "care_task_kind" CHECK("care_task"."kind" in ('visit', 'cannot', 'other')),
	CONSTRAINT "care_task_status" CHECK("care_task"."status" in ('open', 'done', 'withdrawn')),
	CONSTRAINT "care_task_done" CHECK(("care_task"."status" = 'done') = ("care_task"."done_at" is not null))
);
--> statement-breakpoint
CREATE INDEX `care_task_request` ON `care_task` (`request_id`);--> statement-breakpoint
CREATE INDEX `care_task_open` ON `care_task` (`due_on`) WHERE "care_task"."status" = 'open';--> statement-breakpoint
CREATE INDEX `care_task_done_at` ON `care_task` (`done_at`) WHERE "care_task"."done_at" is not null;--> statement-breakpoint
CREATE TABLE `teach_back` (
	`composition_id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`version` integer NOT NULL,
	`answers` text NOT NULL,
	`saved_at` text NOT NULL,
	`saved_by` text NOT NULL,
	`completed_at` text,
	FOREIGN KEY (`composition_id`) REFERENCES `composition`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`saved_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `teach_back_request` ON `teach_back` (`request_id`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_notice` (
	`id` text PRIMARY KEY NOT NULL,
	`recipient_id` text NOT NULL,
	`kind` text NOT NULL,
	`parameters` text NOT NULL,
	`request_id` text NOT NULL,
	`appointment_id` text,
	`placement` text,
	`dedup_key` text NOT NULL,
	`at` text NOT NULL,
	`due_at` text NOT NULL,
	`read_at` text,
	`superseded_at` text,
	FOREIGN KEY (`recipient_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "notice_kind" CHECK("__new_notice"."kind" in ('appointment_booked', 'appointment_moved', 'appointment_cancelled', 'appointment_offered', 'appointment_reminder', 'conclusion_signed', 'conclusion_unsigned', 'recommendation_cannot', 'request_overdue'))
);
--> statement-breakpoint
INSERT INTO `__new_notice`("id", "recipient_id", "kind", "parameters", "request_id", "appointment_id", "placement", "dedup_key", "at", "due_at", "read_at", "superseded_at") SELECT "id", "recipient_id", "kind", "parameters", "request_id", "appointment_id", "placement", "dedup_key", "at", "due_at", "read_at", "superseded_at" FROM `notice`;--> statement-breakpoint
DROP TABLE `notice`;--> statement-breakpoint
ALTER TABLE `__new_notice` RENAME TO `notice`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `notice_dedup` ON `notice` (`dedup_key`);--> statement-breakpoint
CREATE INDEX `notice_recipient` ON `notice` (`recipient_id`,`due_at`);--> statement-breakpoint
CREATE INDEX `notice_unread` ON `notice` (`recipient_id`) WHERE "notice"."read_at" is null and "notice"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX `notice_appointment` ON `notice` (`appointment_id`) WHERE "notice"."appointment_id" is not null;--> statement-breakpoint
CREATE TRIGGER teach_back_complete BEFORE UPDATE ON teach_back WHEN old.completed_at IS NOT NULL
BEGIN SELECT raise(ABORT, 'teach_back: complete'); END;
--> statement-breakpoint
CREATE TRIGGER teach_back_keep BEFORE DELETE ON teach_back
BEGIN SELECT raise(ABORT, 'teach_back: kept'); END;
--> statement-breakpoint
CREATE TRIGGER care_task_over BEFORE UPDATE ON care_task WHEN old.status <> 'open'
BEGIN SELECT raise(ABORT, 'care_task: over'); END;
--> statement-breakpoint
CREATE TRIGGER care_task_keep BEFORE DELETE ON care_task
BEGIN SELECT raise(ABORT, 'care_task: kept'); END;
