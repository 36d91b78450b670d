CREATE TABLE `conclusion_template` (
	`id` text PRIMARY KEY NOT NULL,
	`specialty` text NOT NULL,
	`owner_id` text,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`is_retired` integer DEFAULT false NOT NULL,
	`updated_by` text,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`updated_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "conclusion_template_version" CHECK("conclusion_template"."version" >= 1)
);
--> statement-breakpoint
CREATE INDEX `conclusion_template_specialty` ON `conclusion_template` (`specialty`);--> statement-breakpoint
CREATE TABLE `code_list_version` (
	`version` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`sha256` text NOT NULL,
	`effective_from` text NOT NULL,
	`is_complete` integer NOT NULL,
	`added` integer NOT NULL,
	`changed` integer NOT NULL,
	`retired` integer NOT NULL,
	`imported_at` text NOT NULL,
	`imported_by` text,
	FOREIGN KEY (`imported_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `icd_concept` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`code` text NOT NULL,
	`name_kk` text NOT NULL,
	`name_ru` text NOT NULL,
	`name_en` text NOT NULL,
	`search_key` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_to` text,
	`staged_by` text,
	CONSTRAINT "icd_concept_span" CHECK("icd_concept"."valid_to" is null or "icd_concept"."valid_to" >= "icd_concept"."valid_from")
);
--> statement-breakpoint
CREATE INDEX `icd_concept_code` ON `icd_concept` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `icd_concept_current` ON `icd_concept` (`code`) WHERE "icd_concept"."valid_to" is null and "icd_concept"."staged_by" is null;--> statement-breakpoint
CREATE INDEX `icd_concept_staged` ON `icd_concept` (`staged_by`) WHERE "icd_concept"."staged_by" is not null;--> statement-breakpoint
CREATE TABLE `icd_frequent` (
	`specialty` text NOT NULL,
	`code` text NOT NULL,
	`uses` integer NOT NULL,
	PRIMARY KEY(`specialty`, `code`)
);
--> statement-breakpoint
CREATE TABLE `icd_recent` (
	`practitioner_id` text NOT NULL,
	`code` text NOT NULL,
	`uses` integer NOT NULL,
	`last_used_at` text NOT NULL,
	PRIMARY KEY(`practitioner_id`, `code`)
);
--> statement-breakpoint
ALTER TABLE `service_request` ADD `preliminary_code` text;