CREATE TABLE `participant` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`user_id` text NOT NULL,
	`type` text NOT NULL,
	`invited_by` text,
	`invited_at` text NOT NULL,
	`consent_by` text,
	`consent_at` text,
	`removed_by` text,
	`removed_at` text,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invited_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`consent_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`removed_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "participant_type" CHECK("participant"."type" in ('consultant', 'interpreter', 'observer')),
	CONSTRAINT "participant_consent" CHECK(("participant"."consent_at" is null) = ("participant"."consent_by" is null)),
	CONSTRAINT "participant_removed" CHECK("participant"."removed_by" is null or "participant"."removed_at" is not null)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `participant_live` ON `participant` (`request_id`,`user_id`) WHERE "participant"."removed_at" is null;--> statement-breakpoint
CREATE INDEX `participant_request` ON `participant` (`request_id`,`invited_at`);--> statement-breakpoint
CREATE INDEX `participant_user` ON `participant` (`user_id`,`invited_at`);--> statement-breakpoint
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
	CONSTRAINT "notice_kind" CHECK("__new_notice"."kind" in ('appointment_booked', 'appointment_moved', 'appointment_cancelled', 'appointment_offered', 'appointment_reminder', 'call_invited', 'conclusion_signed', 'conclusion_unsigned', 'recommendation_cannot', 'request_overdue'))
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
CREATE TRIGGER participant_keep BEFORE DELETE ON participant
BEGIN SELECT raise(ABORT, 'participant: kept'); END;
--> statement-breakpoint
CREATE TRIGGER participant_no_reuse BEFORE UPDATE ON participant
WHEN old.removed_at IS NOT NULL
  OR new.id <> old.id OR new.request_id <> old.request_id OR new.user_id <> old.user_id OR new.type <> old.type
  OR new.invited_at <> old.invited_at OR (old.consent_at IS NOT NULL AND new.consent_at IS NOT old.consent_at)
BEGIN SELECT raise(ABORT, 'participant: over, or another one'); END;
