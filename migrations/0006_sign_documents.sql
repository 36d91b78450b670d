CREATE TABLE `document_signature` (
	`composition_id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`edition` integer NOT NULL,
	`token` text NOT NULL,
	`method` text NOT NULL,
	`signer_name` text NOT NULL,
	`organization` text NOT NULL,
	`certificate_serial` text NOT NULL,
	`signed_at` text NOT NULL,
	`manifest` text NOT NULL,
	`cms` blob NOT NULL,
	`document_sha256` text NOT NULL,
	`pdf_kk_sha256` text NOT NULL,
	`pdf_ru_sha256` text NOT NULL,
	`supersedes_id` text,
	FOREIGN KEY (`composition_id`) REFERENCES `composition`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`certificate_serial`) REFERENCES `signing_certificate`(`serial`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`supersedes_id`) REFERENCES `composition`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "document_signature_method" CHECK("document_signature"."method" in ('local', 'ncalayer'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `document_signature_token` ON `document_signature` (`token`);--> statement-breakpoint
CREATE UNIQUE INDEX `document_signature_supersedes` ON `document_signature` (`supersedes_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `document_signature_edition` ON `document_signature` (`request_id`,`edition`);--> statement-breakpoint
CREATE INDEX `document_signature_certificate` ON `document_signature` (`certificate_serial`);--> statement-breakpoint
CREATE TABLE `signing_certificate` (
	`serial` text PRIMARY KEY NOT NULL,
	`practitioner_id` text NOT NULL,
	`method` text NOT NULL,
	`certificate` blob,
	`owner_iin` text,
	`not_before` text NOT NULL,
	`not_after` text NOT NULL,
	`revoked_from` text,
	`revoked_at` text,
	`revoke_reason` text,
	FOREIGN KEY (`practitioner_id`) REFERENCES `practitioner`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "signing_certificate_method" CHECK("signing_certificate"."method" in ('local', 'ncalayer')),
	CONSTRAINT "signing_certificate_revoked" CHECK(("signing_certificate"."revoked_from" is null) = ("signing_certificate"."revoked_at" is null) and ("signing_certificate"."revoked_at" is null) = ("signing_certificate"."revoke_reason" is null))
);
--> statement-breakpoint
CREATE INDEX `signing_certificate_practitioner` ON `signing_certificate` (`practitioner_id`,`not_after`);--> statement-breakpoint
DROP INDEX `composition_request`;--> statement-breakpoint
ALTER TABLE `composition` ADD `edition` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `composition` ADD `token` text;--> statement-breakpoint
ALTER TABLE `composition` ADD `amend_reason` text;--> statement-breakpoint
CREATE UNIQUE INDEX `composition_one_draft` ON `composition` (`request_id`) WHERE "composition"."status" = 'preliminary';--> statement-breakpoint
CREATE UNIQUE INDEX `composition_token` ON `composition` (`token`);--> statement-breakpoint
CREATE UNIQUE INDEX `composition_request` ON `composition` (`request_id`,`edition`);--> statement-breakpoint
CREATE TRIGGER document_signature_no_update BEFORE UPDATE ON document_signature
BEGIN SELECT RAISE(ABORT, 'document_signature is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER document_signature_no_delete BEFORE DELETE ON document_signature
BEGIN SELECT RAISE(ABORT, 'document_signature is append-only'); END;
--> statement-breakpoint
-- A certificate stays what it was; only a revocation is added, once.
CREATE TRIGGER signing_certificate_no_update BEFORE UPDATE ON signing_certificate
WHEN old.revoked_from IS NOT NULL OR new.revoked_from IS NULL OR new.serial IS NOT old.serial OR new.practitioner_id IS NOT old.practitioner_id
  OR new.method IS NOT old.method OR new.certificate IS NOT old.certificate OR new.owner_iin IS NOT old.owner_iin
  OR new.not_before IS NOT old.not_before OR new.not_after IS NOT old.not_after
BEGIN SELECT RAISE(ABORT, 'signing_certificate is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER signing_certificate_no_delete BEFORE DELETE ON signing_certificate
BEGIN SELECT RAISE(ABORT, 'signing_certificate is append-only'); END;
