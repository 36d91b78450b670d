CREATE TABLE `consent` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`request_id` text NOT NULL,
	`patient_id` text,
	`kind` text NOT NULL,
	`text_id` text,
	`text_version` integer,
	`text_sha256` text,
	`language` text,
	`method` text,
	`representative` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`recorded_by` text NOT NULL,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patient`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`text_id`) REFERENCES `consent_text`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "consent_kind" CHECK("consent"."kind" in ('given', 'emergency', 'withdrawn')),
	CONSTRAINT "consent_method" CHECK("consent"."method" is null or "consent"."method" in ('oral', 'written', 'representative')),
	CONSTRAINT "consent_says" CHECK(("consent"."kind" = 'given' and "consent"."text_id" is not null and "consent"."text_sha256" is not null and "consent"."language" is not null and "consent"."method" is not null) or ("consent"."kind" <> 'given' and "consent"."text_id" is null and length("consent"."reason") > 0)),
	CONSTRAINT "consent_representative" CHECK("consent"."method" is null or "consent"."method" <> 'representative' or length("consent"."representative") > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `consent_id_unique` ON `consent` (`id`);--> statement-breakpoint
CREATE INDEX `consent_request` ON `consent` (`request_id`,`seq`);--> statement-breakpoint
CREATE TABLE `consent_text` (
	`id` text PRIMARY KEY NOT NULL,
	`language` text NOT NULL,
	`version` integer NOT NULL,
	`text` text NOT NULL,
	`sha256` text NOT NULL,
	`effective_from` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "consent_text_language" CHECK("consent_text"."language" in ('kk', 'ru')),
	CONSTRAINT "consent_text_sha256" CHECK(length("consent_text"."sha256") = 64)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `consent_text_version` ON `consent_text` (`language`,`version`);--> statement-breakpoint
CREATE TABLE `danger_check` (
	`seq` integer PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`protocols` text NOT NULL,
	`raised_to` text,
	`override_reason` text NOT NULL,
	`at` text NOT NULL,
	`checked_by` text NOT NULL,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`checked_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `danger_check_request` ON `danger_check` (`request_id`,`seq`);--> statement-breakpoint
CREATE TABLE `request_card` (
	`request_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`complaints` text NOT NULL,
	`anamnesis` text NOT NULL,
	`urgency_reason` text NOT NULL,
	`pregnancy` text NOT NULL,
	`not_possible` text NOT NULL,
	`protocol_id` text,
	`intake_sha256` text NOT NULL,
	`updated_at` text NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`protocol_id`) REFERENCES `protocol_version`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`updated_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "request_card_pregnancy" CHECK("request_card"."pregnancy" in ('not_asked', 'no', 'pregnant', 'postpartum', 'unknown')),
	CONSTRAINT "request_card_version" CHECK("request_card"."version" >= 1)
);
--> statement-breakpoint
CREATE TABLE `summary_confirmation` (
	`seq` integer PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`summary_version` integer NOT NULL,
	`at` text NOT NULL,
	`confirmed_by` text NOT NULL,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `summary_confirmation_request` ON `summary_confirmation` (`request_id`,`seq`);--> statement-breakpoint
CREATE TABLE `patient_merge` (
	`id` text PRIMARY KEY NOT NULL,
	`kept_id` text NOT NULL,
	`merged_id` text NOT NULL,
	`kept_before` text NOT NULL,
	`merged_before` text NOT NULL,
	`kept_after` text NOT NULL,
	`moved` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`merged_by` text NOT NULL,
	`undone_at` text,
	`undone_by` text,
	`undo_reason` text,
	FOREIGN KEY (`kept_id`) REFERENCES `patient`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merged_id`) REFERENCES `patient`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merged_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`undone_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "patient_merge_two" CHECK("patient_merge"."kept_id" <> "patient_merge"."merged_id"),
	CONSTRAINT "patient_merge_undone" CHECK(("patient_merge"."undone_at" is null) = ("patient_merge"."undone_by" is null))
);
--> statement-breakpoint
CREATE INDEX `patient_merge_kept` ON `patient_merge` (`kept_id`);--> statement-breakpoint
CREATE INDEX `patient_merge_merged` ON `patient_merge` (`merged_id`);--> statement-breakpoint
CREATE INDEX `patient_merge_at` ON `patient_merge` (`at`);--> statement-breakpoint
CREATE TABLE `patient_stay` (
	`id` text PRIMARY KEY NOT NULL,
	`patient_id` text NOT NULL,
	`station_id` text NOT NULL,
	`kind` text NOT NULL,
	`from_station_id` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`until` text,
	`admitted_by` text NOT NULL,
	FOREIGN KEY (`patient_id`) REFERENCES `patient`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`station_id`) REFERENCES `station`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`from_station_id`) REFERENCES `station`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`admitted_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "patient_stay_kind" CHECK("patient_stay"."kind" in ('moved_here', 'visiting')),
	CONSTRAINT "patient_stay_until" CHECK(("patient_stay"."until" is null) = ("patient_stay"."kind" = 'moved_here'))
);
--> statement-breakpoint
CREATE INDEX `patient_stay_patient` ON `patient_stay` (`patient_id`);--> statement-breakpoint
CREATE INDEX `patient_stay_station` ON `patient_stay` (`station_id`,`until`);--> statement-breakpoint
CREATE TABLE `patient_summary_version` (
	`patient_id` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`recorded_at` text NOT NULL,
	`recorded_by` text,
	PRIMARY KEY(`patient_id`, `version`),
	FOREIGN KEY (`patient_id`) REFERENCES `patient`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `protocol_version` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`code` text NOT NULL,
	`version` integer NOT NULL,
	`effective_from` text NOT NULL,
	`content` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "protocol_version_kind" CHECK("protocol_version"."kind" in ('completeness', 'danger_signs')),
	CONSTRAINT "protocol_version_version" CHECK("protocol_version"."version" >= 1)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `protocol_version_number` ON `protocol_version` (`kind`,`code`,`version`);--> statement-breakpoint
ALTER TABLE `patient` ADD `summary` text;--> statement-breakpoint
ALTER TABLE `patient` ADD `summary_version` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `patient` ADD `summary_at` text;--> statement-breakpoint
ALTER TABLE `patient` ADD `merged_into` text REFERENCES patient(id);--> statement-breakpoint
CREATE INDEX `patient_merged_into` ON `patient` (`merged_into`) WHERE "patient"."merged_into" is not null;