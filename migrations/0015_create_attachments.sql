CREATE TABLE `attachment` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`kind` text NOT NULL,
	`note` text NOT NULL,
	`file_name` text NOT NULL,
	`status` text NOT NULL,
	`problem` text,
	`byte_length` integer NOT NULL,
	`sha256` text NOT NULL,
	`pages` integer NOT NULL,
	`quick_look_of` text,
	`uploaded_by` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`stored_at` text,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`uploaded_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "attachment_status" CHECK("attachment"."status" in ('uploading', 'checking', 'stored', 'refused', 'cancelled', 'expired', 'withdrawn')),
	CONSTRAINT "attachment_kind" CHECK("attachment"."kind" in ('ecg', 'skin', 'xray', 'throat', 'lab', 'other')),
	CONSTRAINT "attachment_problem" CHECK(("attachment"."status" = 'refused') = ("attachment"."problem" is not null)),
	CONSTRAINT "attachment_stored" CHECK(("attachment"."status" in ('stored', 'withdrawn')) = ("attachment"."stored_at" is not null))
);
--> statement-breakpoint
CREATE INDEX `attachment_request` ON `attachment` (`request_id`,`created_at`);
--> statement-breakpoint
CREATE INDEX `attachment_pending` ON `attachment` (`status`,`expires_at`) WHERE "attachment"."status" in ('uploading', 'checking');
--> statement-breakpoint
CREATE TABLE `attachment_rendition` (
	`attachment_id` text NOT NULL,
	`role` text NOT NULL,
	`page` integer NOT NULL,
	`media_type` text NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`byte_length` integer NOT NULL,
	`sha256` text NOT NULL,
	PRIMARY KEY(`attachment_id`, `role`, `page`),
	FOREIGN KEY (`attachment_id`) REFERENCES `attachment`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "attachment_rendition_role" CHECK("attachment_rendition"."role" in ('document', 'full', 'preview', 'thumbnail'))
);
--> statement-breakpoint
CREATE TRIGGER attachment_no_delete BEFORE DELETE ON attachment
BEGIN SELECT RAISE(ABORT, 'attachments are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER attachment_fixed BEFORE UPDATE ON attachment
WHEN old.id <> new.id OR old.request_id <> new.request_id OR old.uploaded_by <> new.uploaded_by
  OR old.byte_length <> new.byte_length OR old.sha256 <> new.sha256
  OR (old.stored_at IS NOT NULL AND (new.stored_at IS NOT old.stored_at OR old.pages <> new.pages))
BEGIN SELECT RAISE(ABORT, 'what is in an attachment never changes'); END;
--> statement-breakpoint
CREATE TRIGGER attachment_signed_no_change BEFORE UPDATE OF status, kind, note, file_name ON attachment
WHEN old.status = 'stored' AND EXISTS (
  SELECT 1 FROM composition WHERE request_id = old.request_id AND signed_at IS NOT NULL AND signed_at >= old.stored_at
)
BEGIN SELECT RAISE(ABORT, 'an attachment under a signature stays as it was'); END;
--> statement-breakpoint
CREATE TRIGGER attachment_rendition_no_update BEFORE UPDATE ON attachment_rendition
BEGIN SELECT RAISE(ABORT, 'attachment_rendition is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER attachment_rendition_no_delete BEFORE DELETE ON attachment_rendition
BEGIN SELECT RAISE(ABORT, 'attachment_rendition is append-only'); END;
