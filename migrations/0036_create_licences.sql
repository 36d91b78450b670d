CREATE TABLE `patient_confirmation` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`answer` text NOT NULL,
	`method` text NOT NULL,
	`by` text NOT NULL,
	`language` text NOT NULL,
	`recorded_at` text NOT NULL,
	`recorded_by` text NOT NULL,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "patient_confirmation_answer" CHECK("patient_confirmation"."answer" in ('yes', 'no')),
	CONSTRAINT "patient_confirmation_method" CHECK("patient_confirmation"."method" in ('pressed', 'spoken')),
	CONSTRAINT "patient_confirmation_by" CHECK("patient_confirmation"."by" in ('patient', 'representative'))
);
--> statement-breakpoint
CREATE INDEX `patient_confirmation_request` ON `patient_confirmation` (`request_id`,`recorded_at`);--> statement-breakpoint
CREATE TABLE `practitioner_licence` (
	`id` text PRIMARY KEY NOT NULL,
	`practitioner_id` text NOT NULL,
	`number` text NOT NULL,
	`issuer` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_to` text NOT NULL,
	`entered_at` text NOT NULL,
	`entered_by` text NOT NULL,
	`withdrawn_from` text,
	`withdraw_reason` text DEFAULT '' NOT NULL,
	`withdrawn_at` text,
	`withdrawn_by` text,
	FOREIGN KEY (`practitioner_id`) REFERENCES `practitioner`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entered_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`withdrawn_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "practitioner_licence_span" CHECK("practitioner_licence"."valid_from" <= "practitioner_licence"."valid_to"),
	CONSTRAINT "practitioner_licence_withdrawn" CHECK(("practitioner_licence"."withdrawn_from" is null) = ("practitioner_licence"."withdrawn_at" is null))
);
--> statement-breakpoint
CREATE INDEX `practitioner_licence_of` ON `practitioner_licence` (`practitioner_id`,`valid_to`);--> statement-breakpoint
CREATE TRIGGER practitioner_licence_withdrawn_once BEFORE UPDATE ON practitioner_licence
WHEN OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
  OR OLD.id IS NOT NEW.id OR OLD.practitioner_id IS NOT NEW.practitioner_id OR OLD.number IS NOT NEW.number
  OR OLD.issuer IS NOT NEW.issuer OR OLD.valid_from IS NOT NEW.valid_from OR OLD.valid_to IS NOT NEW.valid_to
  OR OLD.entered_at IS NOT NEW.entered_at OR OLD.entered_by IS NOT NEW.entered_by
BEGIN SELECT RAISE(ABORT, 'practitioner_licence: stays as it was entered'); END;
--> statement-breakpoint
CREATE TRIGGER practitioner_licence_no_delete BEFORE DELETE ON practitioner_licence
BEGIN SELECT RAISE(ABORT, 'practitioner_licence: stays as it was entered'); END;
--> statement-breakpoint
CREATE TRIGGER patient_confirmation_no_update BEFORE UPDATE ON patient_confirmation
BEGIN SELECT RAISE(ABORT, 'patient_confirmation: never changes'); END;
--> statement-breakpoint
CREATE TRIGGER patient_confirmation_no_delete BEFORE DELETE ON patient_confirmation
BEGIN SELECT RAISE(ABORT, 'patient_confirmation: never changes'); END;
