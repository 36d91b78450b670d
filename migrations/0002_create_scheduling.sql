CREATE TABLE `appointment_member` (
	`appointment_id` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`appointment_id`, `practitioner_id`),
	FOREIGN KEY (`appointment_id`) REFERENCES `appointment`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`practitioner_id`) REFERENCES `practitioner`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `appointment` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`status` text NOT NULL,
	`version` integer NOT NULL,
	`specialty` text NOT NULL,
	`mode` text NOT NULL,
	`service` text,
	`patient_id` text NOT NULL,
	`station_id` text NOT NULL,
	`urgency` text NOT NULL,
	`treat_by` text NOT NULL,
	`starts_at` text,
	`ends_at` text,
	`practitioner_id` text,
	`lane` integer NOT NULL,
	`series_id` text,
	`expires_at` text,
	`cancel_reason` text,
	`no_show_cause` text,
	`note` text NOT NULL,
	`replaced_by_id` text,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`status_changed_at` text NOT NULL,
	`is_demo` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`specialty`) REFERENCES `specialty`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service`) REFERENCES `healthcare_service`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patient`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`station_id`) REFERENCES `station`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`practitioner_id`) REFERENCES `practitioner`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "appointment_status" CHECK("appointment"."status" in ('proposed', 'pending', 'waitlist', 'booked', 'arrived', 'checked-in', 'fulfilled', 'noshow', 'cancelled')),
	CONSTRAINT "appointment_mode" CHECK("appointment"."mode" in ('video', 'async')),
	CONSTRAINT "appointment_span" CHECK(("appointment"."starts_at" is null) = ("appointment"."ends_at" is null) and ("appointment"."starts_at" is null or "appointment"."starts_at" < "appointment"."ends_at")),
	CONSTRAINT "appointment_whole_minutes" CHECK("appointment"."starts_at" is null or "appointment"."starts_at" like '%:00.000Z'),
	CONSTRAINT "appointment_slot" CHECK("appointment"."status" not in ('proposed', 'pending', 'booked', 'arrived', 'checked-in', 'fulfilled') or ("appointment"."starts_at" is not null and "appointment"."practitioner_id" is not null and "appointment"."service" is not null)),
	CONSTRAINT "appointment_waits" CHECK("appointment"."status" <> 'waitlist' or "appointment"."starts_at" is null),
	CONSTRAINT "appointment_expiry" CHECK(("appointment"."expires_at" is not null) = ("appointment"."status" in ('proposed', 'pending'))),
	CONSTRAINT "appointment_cancelled" CHECK(("appointment"."cancel_reason" is not null) = ("appointment"."status" = 'cancelled')),
	CONSTRAINT "appointment_missed" CHECK(("appointment"."no_show_cause" is not null) = ("appointment"."status" = 'noshow'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `appointment_one_live_per_request` ON `appointment` (`request_id`) WHERE "appointment"."status" in ('proposed', 'pending', 'waitlist', 'booked', 'arrived', 'checked-in');--> statement-breakpoint
CREATE INDEX `appointment_request` ON `appointment` (`request_id`);--> statement-breakpoint
CREATE INDEX `appointment_practitioner` ON `appointment` (`practitioner_id`,`starts_at`);--> statement-breakpoint
CREATE INDEX `appointment_station` ON `appointment` (`station_id`,`starts_at`);--> statement-breakpoint
CREATE INDEX `appointment_patient` ON `appointment` (`patient_id`,`starts_at`);--> statement-breakpoint
CREATE INDEX `appointment_waiting` ON `appointment` (`specialty`,`treat_by`) WHERE "appointment"."status" = 'waitlist';--> statement-breakpoint
CREATE INDEX `appointment_expires` ON `appointment` (`expires_at`) WHERE "appointment"."expires_at" is not null;--> statement-breakpoint
CREATE INDEX `appointment_time` ON `appointment` (`starts_at`);--> statement-breakpoint
CREATE TABLE `freed_slot` (
	`practitioner_id` text NOT NULL,
	`starts_at` text NOT NULL,
	`due_at` text NOT NULL,
	PRIMARY KEY(`practitioner_id`, `starts_at`)
);
--> statement-breakpoint
CREATE INDEX `freed_slot_due` ON `freed_slot` (`due_at`);--> statement-breakpoint
CREATE TABLE `schedule_operation` (
	`id` text PRIMARY KEY NOT NULL,
	`actor_id` text NOT NULL,
	`kind` text NOT NULL,
	`body_hash` text NOT NULL,
	`at` text NOT NULL,
	`receipt` text NOT NULL,
	`before` text,
	`undo_until` text,
	`undone_at` text
);
--> statement-breakpoint
CREATE INDEX `schedule_operation_at` ON `schedule_operation` (`at`);--> statement-breakpoint
CREATE TABLE `slot_claim` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`resource_id` text NOT NULL,
	`lane` integer NOT NULL,
	`starts_at` text NOT NULL,
	`ends_at` text NOT NULL,
	`holder_kind` text NOT NULL,
	`holder_id` text NOT NULL,
	`expires_at` text,
	CONSTRAINT "slot_claim_kind" CHECK("slot_claim"."kind" in ('practitioner', 'patient', 'station')),
	CONSTRAINT "slot_claim_holder_kind" CHECK("slot_claim"."holder_kind" in ('appointment', 'hold')),
	CONSTRAINT "slot_claim_span" CHECK("slot_claim"."starts_at" < "slot_claim"."ends_at"),
	CONSTRAINT "slot_claim_lane" CHECK("slot_claim"."lane" between 0 and 3 and ("slot_claim"."lane" = 0 or ("slot_claim"."kind" <> 'patient' and "slot_claim"."holder_kind" = 'appointment')))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `slot_claim_resource` ON `slot_claim` (`kind`,`resource_id`,`lane`,`starts_at`);--> statement-breakpoint
CREATE INDEX `slot_claim_holder` ON `slot_claim` (`holder_id`);--> statement-breakpoint
CREATE TABLE `slot_hold` (
	`id` text PRIMARY KEY NOT NULL,
	`practitioner_id` text NOT NULL,
	`starts_at` text NOT NULL,
	`ends_at` text NOT NULL,
	`user_id` text NOT NULL,
	`expires_at` text NOT NULL,
	FOREIGN KEY (`practitioner_id`) REFERENCES `practitioner`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `slot_hold_expires` ON `slot_hold` (`expires_at`);--> statement-breakpoint
CREATE TABLE `slot_offer` (
	`id` text PRIMARY KEY NOT NULL,
	`appointment_id` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`starts_at` text NOT NULL,
	`offered_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`outcome` text NOT NULL,
	FOREIGN KEY (`appointment_id`) REFERENCES `appointment`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "slot_offer_outcome" CHECK("slot_offer"."outcome" in ('open', 'accepted', 'declined', 'expired', 'withdrawn'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `slot_offer_one_open` ON `slot_offer` (`appointment_id`) WHERE "slot_offer"."outcome" = 'open';--> statement-breakpoint
CREATE INDEX `slot_offer_appointment` ON `slot_offer` (`appointment_id`);--> statement-breakpoint
CREATE INDEX `slot_offer_slot` ON `slot_offer` (`practitioner_id`,`starts_at`);--> statement-breakpoint
CREATE TABLE `treat_by_rule` (
	`urgency` text NOT NULL,
	`effective_from` text NOT NULL,
	`hours` integer NOT NULL,
	PRIMARY KEY(`urgency`, `effective_from`),
	CONSTRAINT "treat_by_rule_urgency" CHECK("treat_by_rule"."urgency" in ('routine', 'urgent', 'asap', 'stat')),
	CONSTRAINT "treat_by_rule_hours" CHECK("treat_by_rule"."hours" > 0)
);
--> statement-breakpoint
CREATE TABLE `waitlist_wish` (
	`appointment_id` text PRIMARY KEY NOT NULL,
	`language` text,
	`part_of_day` text NOT NULL,
	`preferred_practitioner_id` text,
	`since` text NOT NULL,
	FOREIGN KEY (`appointment_id`) REFERENCES `appointment`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`preferred_practitioner_id`) REFERENCES `practitioner`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "waitlist_wish_part_of_day" CHECK("waitlist_wish"."part_of_day" in ('any', 'morning', 'afternoon'))
);
--> statement-breakpoint
CREATE TABLE `calendar_feed` (
	`id` text PRIMARY KEY NOT NULL,
	`practitioner_id` text NOT NULL,
	`label` text NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`revoked_at` text,
	`last_read_at` text,
	FOREIGN KEY (`practitioner_id`) REFERENCES `practitioner`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feed_token_hash_unique` ON `calendar_feed` (`token_hash`);--> statement-breakpoint
CREATE INDEX `calendar_feed_practitioner` ON `calendar_feed` (`practitioner_id`);--> statement-breakpoint
CREATE TABLE `healthcare_service` (
	`code` text PRIMARY KEY NOT NULL,
	`specialty` text NOT NULL,
	`name_kk` text NOT NULL,
	`name_ru` text NOT NULL,
	`name_en` text NOT NULL,
	`mode` text NOT NULL,
	`slot_minutes` integer NOT NULL,
	`buffer_minutes` integer NOT NULL,
	`station_may_book` integer NOT NULL,
	`overbook_lanes` integer NOT NULL,
	`required_equipment` text NOT NULL,
	`retired_from` text,
	FOREIGN KEY (`specialty`) REFERENCES `specialty`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "healthcare_service_mode" CHECK("healthcare_service"."mode" in ('video', 'async')),
	CONSTRAINT "healthcare_service_lanes" CHECK("healthcare_service"."overbook_lanes" between 0 and 3)
);
--> statement-breakpoint
CREATE INDEX `healthcare_service_specialty` ON `healthcare_service` (`specialty`,`mode`);--> statement-breakpoint
CREATE TABLE `coordinator_region` (
	`user_id` text PRIMARY KEY NOT NULL,
	`region` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`region`) REFERENCES `region`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `organization_region` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`region` text NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`region`) REFERENCES `region`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `organization_region_region` ON `organization_region` (`region`);--> statement-breakpoint
CREATE TABLE `practitioner_language` (
	`practitioner_id` text NOT NULL,
	`language` text NOT NULL,
	PRIMARY KEY(`practitioner_id`, `language`),
	FOREIGN KEY (`practitioner_id`) REFERENCES `practitioner`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "practitioner_language_language" CHECK("practitioner_language"."language" in ('kk', 'ru', 'en'))
);
--> statement-breakpoint
CREATE TABLE `region` (
	`code` text PRIMARY KEY NOT NULL,
	`name_kk` text NOT NULL,
	`name_ru` text NOT NULL,
	`name_en` text NOT NULL,
	`position` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `station_kit` (
	`station_id` text PRIMARY KEY NOT NULL,
	`cameras` integer NOT NULL,
	`equipment` text NOT NULL,
	FOREIGN KEY (`station_id`) REFERENCES `station`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "station_kit_cameras" CHECK("station_kit"."cameras" between 1 and 4)
);
--> statement-breakpoint
CREATE TABLE `day_load_horizon` (
	`id` integer PRIMARY KEY NOT NULL,
	`through_day` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `day_load_queue` (
	`practitioner_id` text PRIMARY KEY NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `day_load` (
	`practitioner_id` text NOT NULL,
	`day` text NOT NULL,
	`service` text NOT NULL,
	`mode` text NOT NULL,
	`slots` integer NOT NULL,
	`free` integer NOT NULL,
	`last_free_at` text,
	`first_free_at` text
);
--> statement-breakpoint
CREATE INDEX `day_load_free` ON `day_load` (`practitioner_id`,`mode`,`last_free_at`);--> statement-breakpoint
CREATE INDEX `day_load_day` ON `day_load` (`practitioner_id`,`day`);--> statement-breakpoint
CREATE TABLE `roster_exception` (
	`id` text PRIMARY KEY NOT NULL,
	`practitioner_id` text NOT NULL,
	`kind` text NOT NULL,
	`starts_at` text NOT NULL,
	`ends_at` text NOT NULL,
	`reason` text,
	`service` text,
	`mode` text,
	`slot_minutes` integer,
	`buffer_minutes` integer,
	`rank` integer,
	`substitution_id` text,
	`note` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`withdrawn_at` text,
	FOREIGN KEY (`practitioner_id`) REFERENCES `practitioner`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service`) REFERENCES `healthcare_service`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "roster_exception_kind" CHECK("roster_exception"."kind" in ('closure', 'extra')),
	CONSTRAINT "roster_exception_span" CHECK("roster_exception"."starts_at" < "roster_exception"."ends_at"),
	CONSTRAINT "roster_exception_closure" CHECK("roster_exception"."kind" <> 'closure' or ("roster_exception"."reason" is not null and "roster_exception"."mode" is null)),
	CONSTRAINT "roster_exception_extra" CHECK("roster_exception"."kind" <> 'extra' or ("roster_exception"."service" is not null and "roster_exception"."mode" is not null and "roster_exception"."slot_minutes" is not null and "roster_exception"."buffer_minutes" is not null))
);
--> statement-breakpoint
CREATE INDEX `roster_exception_practitioner` ON `roster_exception` (`practitioner_id`,`ends_at`);--> statement-breakpoint
CREATE INDEX `roster_exception_substitution` ON `roster_exception` (`substitution_id`);--> statement-breakpoint
CREATE TABLE `roster_template` (
	`id` text PRIMARY KEY NOT NULL,
	`practitioner_id` text NOT NULL,
	`service` text NOT NULL,
	`mode` text NOT NULL,
	`weekdays` integer NOT NULL,
	`start_minute` integer NOT NULL,
	`end_minute` integer NOT NULL,
	`slot_minutes` integer NOT NULL,
	`buffer_minutes` integer NOT NULL,
	`works_on_holidays` integer NOT NULL,
	`rank` integer,
	`valid_from` text NOT NULL,
	`valid_to` text,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`withdrawn_at` text,
	FOREIGN KEY (`practitioner_id`) REFERENCES `practitioner`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service`) REFERENCES `healthcare_service`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "roster_template_mode" CHECK("roster_template"."mode" in ('video', 'async', 'on_call')),
	CONSTRAINT "roster_template_weekdays" CHECK("roster_template"."weekdays" between 1 and 127),
	CONSTRAINT "roster_template_window" CHECK("roster_template"."start_minute" >= 0 and "roster_template"."start_minute" < "roster_template"."end_minute"),
	CONSTRAINT "roster_template_midnight" CHECK("roster_template"."end_minute" <= case when "roster_template"."mode" = 'on_call' then "roster_template"."start_minute" + 1440 else 1440 end),
	CONSTRAINT "roster_template_rank" CHECK(("roster_template"."rank" is not null) = ("roster_template"."mode" = 'on_call')),
	CONSTRAINT "roster_template_slot" CHECK(("roster_template"."slot_minutes" > 0) = ("roster_template"."mode" <> 'on_call')),
	CONSTRAINT "roster_template_validity" CHECK("roster_template"."valid_to" is null or "roster_template"."valid_from" <= "roster_template"."valid_to")
);
--> statement-breakpoint
CREATE INDEX `roster_template_practitioner` ON `roster_template` (`practitioner_id`);--> statement-breakpoint
CREATE TABLE `special_day` (
	`day` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`works_as` integer,
	`name_kk` text NOT NULL,
	`name_ru` text NOT NULL,
	`name_en` text NOT NULL,
	`source` text NOT NULL,
	`entered_at` text NOT NULL,
	`entered_by` text NOT NULL,
	CONSTRAINT "special_day_kind" CHECK("special_day"."kind" in ('day_off', 'working_day')),
	CONSTRAINT "special_day_works_as" CHECK("special_day"."works_as" is null or "special_day"."works_as" between 1 and 7)
);
