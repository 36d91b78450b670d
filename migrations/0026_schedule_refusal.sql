CREATE TABLE `schedule_refusal` (
	`id` text PRIMARY KEY NOT NULL,
	`actor_id` text NOT NULL,
	`kind` text NOT NULL,
	`body_hash` text NOT NULL,
	`at` text NOT NULL,
	`refusal` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `schedule_refusal_at` ON `schedule_refusal` (`at`);