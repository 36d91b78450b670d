CREATE TABLE `audit_event` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` text NOT NULL,
	`actor_id` text,
	`actor_role` text,
	`action` text NOT NULL,
	`entity_type` text NOT NULL,
	`entity_id` text NOT NULL,
	`detail` text NOT NULL,
	`prev_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_event_prev_hash` ON `audit_event` (`prev_hash`);--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`user_id` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`ended_at` text,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `session_token_hash_unique` ON `session` (`token_hash`);--> statement-breakpoint
CREATE INDEX `session_user` ON `session` (`user_id`);--> statement-breakpoint
CREATE TABLE `user` (
	`id` text PRIMARY KEY NOT NULL,
	`login` text NOT NULL,
	`display_name` text NOT NULL,
	`password_hash` text NOT NULL,
	`role` text NOT NULL,
	`language` text DEFAULT 'kk' NOT NULL,
	`station_id` text,
	`practitioner_id` text,
	`is_disabled` integer DEFAULT false NOT NULL,
	`is_demo` integer DEFAULT false NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`station_id`) REFERENCES `station`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`practitioner_id`) REFERENCES `practitioner`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "user_role" CHECK("user"."role" in ('feldsher', 'specialist', 'coordinator', 'admin', 'analyst')),
	CONSTRAINT "user_language" CHECK("user"."language" in ('kk', 'ru', 'en')),
	CONSTRAINT "user_feldsher_has_station" CHECK("user"."role" <> 'feldsher' or "user"."station_id" is not null),
	CONSTRAINT "user_specialist_has_practitioner" CHECK("user"."role" <> 'specialist' or "user"."practitioner_id" is not null)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_login_unique` ON `user` (`login`);--> statement-breakpoint
CREATE INDEX `user_station` ON `user` (`station_id`);--> statement-breakpoint
CREATE INDEX `user_practitioner` ON `user` (`practitioner_id`);--> statement-breakpoint
CREATE TABLE `composition` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`status` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`author_id` text NOT NULL,
	`saved_at` text NOT NULL,
	`signed_at` text,
	`signed_bytes` text,
	`sha256` text,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "composition_status" CHECK("composition"."status" in ('preliminary', 'final', 'amended')),
	CONSTRAINT "composition_signed" CHECK(("composition"."status" = 'preliminary') = ("composition"."signed_at" is null) and ("composition"."signed_at" is null) = ("composition"."signed_bytes" is null) and ("composition"."signed_bytes" is null) = ("composition"."sha256" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `composition_request` ON `composition` (`request_id`);--> statement-breakpoint
CREATE TABLE `message` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`seq` integer NOT NULL,
	`author_id` text NOT NULL,
	`text` text NOT NULL,
	`sent_at` text NOT NULL,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `message_request_seq` ON `message` (`request_id`,`seq`);--> statement-breakpoint
CREATE TABLE `observation_set` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`taken_at` text NOT NULL,
	`taken_by` text NOT NULL,
	`vitals` text NOT NULL,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`taken_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `observation_set_request` ON `observation_set` (`request_id`,`taken_at`);--> statement-breakpoint
CREATE TABLE `request_counter` (
	`year` integer PRIMARY KEY NOT NULL,
	`last` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ring` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`rank` integer NOT NULL,
	`started_at` text NOT NULL,
	`ended_at` text,
	`outcome` text NOT NULL,
	`decline_reason` text,
	`decline_note` text,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`practitioner_id`) REFERENCES `practitioner`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ring_outcome" CHECK("ring"."outcome" in ('ringing', 'answered', 'answered_elsewhere', 'declined', 'timed_out', 'cancelled'))
);
--> statement-breakpoint
CREATE INDEX `ring_request` ON `ring` (`request_id`,`started_at`);--> statement-breakpoint
CREATE INDEX `ring_live` ON `ring` (`practitioner_id`) WHERE "ring"."outcome" = 'ringing';--> statement-breakpoint
CREATE TABLE `service_request` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`status` text NOT NULL,
	`version` integer NOT NULL,
	`urgency` text NOT NULL,
	`urgency_rank` integer NOT NULL,
	`specialty` text NOT NULL,
	`reason` text NOT NULL,
	`patient_id` text,
	`station_id` text NOT NULL,
	`requested_by` text NOT NULL,
	`practitioner_id` text,
	`ring_deadline` text,
	`created_at` text NOT NULL,
	`status_changed_at` text NOT NULL,
	`answered_at` text,
	`ended_at` text,
	`cancel_reason` text,
	`is_demo` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`specialty`) REFERENCES `specialty`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patient`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`station_id`) REFERENCES `station`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`requested_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`practitioner_id`) REFERENCES `practitioner`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "service_request_status" CHECK("service_request"."status" in ('draft', 'submitted', 'in_triage', 'info_requested', 'declined', 'redirected', 'accepted', 'ringing', 'escalated', 'booked', 'waitlisted', 'async_assigned', 'checked_in', 'no_show', 'in_call', 'interrupted', 'conclusion_draft', 'awaiting_signature', 'signed', 'delivered', 'acknowledged', 'follow_up_open', 'closed', 'cancelled', 'amended')),
	CONSTRAINT "service_request_urgency" CHECK("service_request"."urgency" in ('routine', 'urgent', 'asap', 'stat')),
	CONSTRAINT "service_request_patient" CHECK("service_request"."patient_id" is not null or "service_request"."urgency" = 'stat'),
	CONSTRAINT "service_request_answered" CHECK("service_request"."status" <> 'in_call' or "service_request"."practitioner_id" is not null)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `service_request_number_unique` ON `service_request` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `service_request_one_call_per_specialist` ON `service_request` (`practitioner_id`) WHERE "service_request"."status" = 'in_call';--> statement-breakpoint
CREATE INDEX `service_request_station` ON `service_request` (`station_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `service_request_practitioner` ON `service_request` (`practitioner_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `service_request_worklist` ON `service_request` (`status`,`specialty`);--> statement-breakpoint
CREATE INDEX `service_request_patient` ON `service_request` (`patient_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `service_request_ring_deadline` ON `service_request` (`ring_deadline`) WHERE "service_request"."ring_deadline" is not null;--> statement-breakpoint
CREATE TABLE `patient` (
	`id` text PRIMARY KEY NOT NULL,
	`iin` text,
	`family_name` text NOT NULL,
	`given_name` text NOT NULL,
	`middle_name` text NOT NULL,
	`search_key` text NOT NULL,
	`birth_date` text NOT NULL,
	`sex` text NOT NULL,
	`phone` text NOT NULL,
	`address` text NOT NULL,
	`station_id` text NOT NULL,
	`insurance` text NOT NULL,
	`allergies` text,
	`chronic_conditions` text NOT NULL,
	`is_demo` integer DEFAULT false NOT NULL,
	`registered_at` text NOT NULL,
	`registered_by` text,
	FOREIGN KEY (`station_id`) REFERENCES `station`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "patient_iin" CHECK("patient"."iin" is null or length("patient"."iin") = 12),
	CONSTRAINT "patient_sex" CHECK("patient"."sex" in ('male', 'female')),
	CONSTRAINT "patient_insurance" CHECK("patient"."insurance" in ('insured', 'uninsured', 'unknown'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `patient_iin_unique` ON `patient` (`iin`);--> statement-breakpoint
CREATE INDEX `patient_station_name` ON `patient` (`station_id`,`search_key`);--> statement-breakpoint
CREATE INDEX `patient_birth_date` ON `patient` (`birth_date`);--> statement-breakpoint
CREATE TABLE `on_call_shift` (
	`practitioner_id` text NOT NULL,
	`specialty` text NOT NULL,
	`starts_at` text NOT NULL,
	`ends_at` text NOT NULL,
	`rank` integer NOT NULL,
	PRIMARY KEY(`practitioner_id`, `starts_at`),
	FOREIGN KEY (`practitioner_id`) REFERENCES `practitioner`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`specialty`) REFERENCES `specialty`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "on_call_shift_span" CHECK("on_call_shift"."starts_at" < "on_call_shift"."ends_at"),
	CONSTRAINT "on_call_shift_rank" CHECK("on_call_shift"."rank" >= 1)
);
--> statement-breakpoint
CREATE INDEX `on_call_shift_by_end` ON `on_call_shift` (`specialty`,`ends_at`);--> statement-breakpoint
CREATE TABLE `practitioner` (
	`id` text PRIMARY KEY NOT NULL,
	`display_name` text NOT NULL,
	`specialty` text NOT NULL,
	`organization_id` text NOT NULL,
	`is_available` integer DEFAULT true NOT NULL,
	`is_demo` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`specialty`) REFERENCES `specialty`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `practitioner_specialty` ON `practitioner` (`specialty`);--> statement-breakpoint
CREATE TABLE `specialty` (
	`code` text PRIMARY KEY NOT NULL,
	`name_kk` text NOT NULL,
	`name_ru` text NOT NULL,
	`name_en` text NOT NULL,
	`position` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `organization` (
	`id` text PRIMARY KEY NOT NULL,
	`bin` text NOT NULL,
	`name_kk` text NOT NULL,
	`name_ru` text NOT NULL,
	`name_en` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organization_bin_unique` ON `organization` (`bin`);--> statement-breakpoint
CREATE TABLE `station` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`name_kk` text NOT NULL,
	`name_ru` text NOT NULL,
	`name_en` text NOT NULL,
	`oblast_kk` text NOT NULL,
	`oblast_ru` text NOT NULL,
	`oblast_en` text NOT NULL,
	`district_kk` text NOT NULL,
	`district_ru` text NOT NULL,
	`district_en` text NOT NULL,
	`settlement_kk` text NOT NULL,
	`settlement_ru` text NOT NULL,
	`settlement_en` text NOT NULL,
	`phone` text NOT NULL,
	`coordinator_phone` text NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `station_organization` ON `station` (`organization_id`);