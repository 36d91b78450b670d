CREATE TABLE `call_rung` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`attempt` integer NOT NULL,
	`position` integer NOT NULL,
	`kind` text NOT NULL,
	`step` integer NOT NULL,
	`rank` integer NOT NULL,
	`started_at` text NOT NULL,
	`ends_at` text,
	`ended_at` text,
	`outcome` text NOT NULL,
	`skipped` text NOT NULL,
	`phones` text NOT NULL,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "call_rung_kind" CHECK("call_rung"."kind" in ('chosen', 'on_call', 'backup', 'head', 'neighbour', 'busy', 'phone')),
	CONSTRAINT "call_rung_outcome" CHECK("call_rung"."outcome" in ('ringing', 'answered', 'declined', 'timed_out', 'cancelled', 'skipped', 'shown'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `call_rung_position` ON `call_rung` (`request_id`,`attempt`,`position`);--> statement-breakpoint
CREATE UNIQUE INDEX `call_rung_ringing` ON `call_rung` (`request_id`) WHERE "call_rung"."outcome" = 'ringing';--> statement-breakpoint
CREATE TABLE `information_request` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`asked_from` text NOT NULL,
	`question` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` text NOT NULL,
	`answer` text,
	`answered_by` text,
	`answered_at` text,
	`withdrawn_at` text,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "information_request_answered" CHECK(("information_request"."answer" is null) = ("information_request"."answered_at" is null))
);
--> statement-breakpoint
CREATE INDEX `information_request_request` ON `information_request` (`request_id`,`asked_at`);--> statement-breakpoint
CREATE TABLE `triage_decision` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`kind` text NOT NULL,
	`decided_by` text NOT NULL,
	`decided_at` text NOT NULL,
	`reason` text,
	`note` text NOT NULL,
	`version` integer NOT NULL,
	`before` text NOT NULL,
	`undone_at` text,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "triage_decision_kind" CHECK("triage_decision"."kind" in ('accept', 'ask', 'decline', 'redirect', 'turn'))
);
--> statement-breakpoint
CREATE INDEX `triage_decision_request` ON `triage_decision` (`request_id`,`decided_at`);--> statement-breakpoint
CREATE TABLE `waiting_limit` (
	`id` text PRIMARY KEY NOT NULL,
	`effective_from` text NOT NULL,
	`limits` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `waiting_limit_effective` ON `waiting_limit` (`effective_from`);--> statement-breakpoint
CREATE TABLE `escalation_ladder` (
	`id` text PRIMARY KEY NOT NULL,
	`specialty` text,
	`region` text,
	`effective_from` text NOT NULL,
	`steps` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`specialty`) REFERENCES `specialty`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`region`) REFERENCES `region`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `escalation_ladder_scope` ON `escalation_ladder` (`specialty`,`region`,`effective_from`);--> statement-breakpoint
ALTER TABLE `ring` ADD `attempt` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `service_request` ADD `is_written` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `service_request` ADD `region` text REFERENCES region(code);--> statement-breakpoint
ALTER TABLE `service_request` ADD `asked_from` text;--> statement-breakpoint
ALTER TABLE `service_request` ADD `paused_at` text;--> statement-breakpoint
ALTER TABLE `service_request` ADD `paused_seconds` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `service_request` ADD `call_attempt` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `service_request` ADD `ladder_id` text REFERENCES escalation_ladder(id);