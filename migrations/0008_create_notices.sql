CREATE TABLE `notice_contact` (
	`user_id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`phone` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `notice_delivery` (
	`id` text PRIMARY KEY NOT NULL,
	`notice_id` text NOT NULL,
	`channel` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_at` text NOT NULL,
	`lease` text,
	`lease_until` text,
	`sent_at` text,
	`last_error` text,
	FOREIGN KEY (`notice_id`) REFERENCES `notice`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "notice_delivery_channel" CHECK("notice_delivery"."channel" in ('in_app', 'email', 'sms')),
	CONSTRAINT "notice_delivery_state" CHECK("notice_delivery"."state" in ('pending', 'sent', 'dead', 'superseded'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notice_delivery_once` ON `notice_delivery` (`notice_id`,`channel`);--> statement-breakpoint
CREATE INDEX `notice_delivery_due` ON `notice_delivery` (`next_at`) WHERE "notice_delivery"."state" = 'pending';--> statement-breakpoint
CREATE TABLE `notice_rule` (
	`kind` text NOT NULL,
	`effective_from` text NOT NULL,
	`minutes` text NOT NULL,
	`saved_at` text NOT NULL,
	`saved_by` text NOT NULL,
	PRIMARY KEY(`kind`, `effective_from`),
	CONSTRAINT "notice_rule_kind" CHECK("notice_rule"."kind" in ('reminder', 'unsigned'))
);
--> statement-breakpoint
CREATE TABLE `notice` (
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
	CONSTRAINT "notice_kind" CHECK("notice"."kind" in ('appointment_booked', 'appointment_moved', 'appointment_cancelled', 'appointment_offered', 'appointment_reminder', 'conclusion_signed', 'conclusion_unsigned', 'request_overdue'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notice_dedup` ON `notice` (`dedup_key`);--> statement-breakpoint
CREATE INDEX `notice_recipient` ON `notice` (`recipient_id`,`due_at`);--> statement-breakpoint
CREATE INDEX `notice_unread` ON `notice` (`recipient_id`) WHERE "notice"."read_at" is null and "notice"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX `notice_appointment` ON `notice` (`appointment_id`) WHERE "notice"."appointment_id" is not null;