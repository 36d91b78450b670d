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
	CONSTRAINT "attachment_status" CHECK("attachment"."status" in 'uploading', 'checking', 'stored', 'refused', 'cancelled', 'expired', 'withdrawn'),
	CONSTRAINT "attachment_kind" CHECK("attachment"."kind" in 'ecg', 'skin', 'xray', 'throat', 'lab', 'other'),
	CONSTRAINT "attachment_problem" CHECK(("attachment"."status" = 'refused') = ("attachment"."problem" is not null)),
	CONSTRAINT "attachment_stored" CHECK(("attachment"."status" in ('stored', 'withdrawn')) = ("attachment"."stored_at" is not null))
);
--> statement-breakpoint
CREATE INDEX `attachment_request` ON `attachment` (`request_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `attachment_pending` ON `attachment` (`status`,`expires_at`) WHERE "attachment"."status" in ('uploading', 'checking');--> statement-breakpoint
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
	CONSTRAINT "attachment_rendition_role" CHECK("attachment_rendition"."role" in 'document', 'full', 'preview', 'thumbnail')
);
--> statement-breakpoint
ALTER TABLE `waitlist_wish` ADD `avoid_weekdays` integer DEFAULT 0 NOT NULL;