DROP INDEX `day_load_free`;--> statement-breakpoint
DROP INDEX `day_load_day`;--> statement-breakpoint
CREATE INDEX `day_load_free` ON `day_load` (`practitioner_id`,`mode`,`last_free_at`,`service`);--> statement-breakpoint
CREATE INDEX `day_load_day` ON `day_load` (`practitioner_id`,`day`,`mode`,`first_free_at`);