CREATE TABLE `evidence_limit` (
	`effective_from` text PRIMARY KEY NOT NULL,
	`limits` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `evidence` (
	`composition_id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`version` integer NOT NULL,
	`canonical` text NOT NULL,
	`sha256` text NOT NULL,
	`is_signed` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `media_interval` (
	`id` text PRIMARY KEY NOT NULL,
	`peer_id` text NOT NULL,
	`request_id` text NOT NULL,
	`direction` text NOT NULL,
	`kind` text NOT NULL,
	`source` text NOT NULL,
	`started_at` text NOT NULL,
	`ended_at` text NOT NULL,
	`packets` integer NOT NULL,
	`bytes` integer NOT NULL,
	`is_over` integer NOT NULL,
	FOREIGN KEY (`peer_id`) REFERENCES `media_stay`(`peer_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "media_interval_span" CHECK("media_interval"."started_at" <= "media_interval"."ended_at")
);
--> statement-breakpoint
CREATE INDEX `media_interval_request` ON `media_interval` (`request_id`);--> statement-breakpoint
CREATE TABLE `media_stay` (
	`peer_id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`user_id` text NOT NULL,
	`side` text NOT NULL,
	`session_hash` text NOT NULL,
	`network_hash` text,
	`joined_at` text NOT NULL,
	`seen_at` text NOT NULL,
	`cuts` integer NOT NULL,
	`is_over` integer NOT NULL,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "media_stay_span" CHECK("media_stay"."joined_at" <= "media_stay"."seen_at")
);
--> statement-breakpoint
CREATE INDEX `media_stay_request` ON `media_stay` (`request_id`);--> statement-breakpoint
CREATE INDEX `media_stay_user` ON `media_stay` (`user_id`,`seen_at`);--> statement-breakpoint
CREATE TRIGGER media_stay_over_no_update BEFORE UPDATE ON media_stay WHEN old.is_over
BEGIN SELECT RAISE(ABORT, 'a stay that is over stays as it was'); END;
--> statement-breakpoint
CREATE TRIGGER media_stay_no_delete BEFORE DELETE ON media_stay
BEGIN SELECT RAISE(ABORT, 'media_stay is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER media_interval_over_no_update BEFORE UPDATE ON media_interval WHEN old.is_over
BEGIN SELECT RAISE(ABORT, 'an interval that is over stays as it was'); END;
--> statement-breakpoint
CREATE TRIGGER media_interval_no_delete BEFORE DELETE ON media_interval
BEGIN SELECT RAISE(ABORT, 'media_interval is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER evidence_signed_no_update BEFORE UPDATE ON evidence WHEN old.is_signed
BEGIN SELECT RAISE(ABORT, 'signed evidence is immutable'); END;
--> statement-breakpoint
CREATE TRIGGER evidence_signed_no_delete BEFORE DELETE ON evidence WHEN old.is_signed
BEGIN SELECT RAISE(ABORT, 'signed evidence is immutable'); END;
--> statement-breakpoint
INSERT INTO evidence_limit (effective_from, limits) VALUES
  ('2026-01-01T00:00:00.000Z', '{"togetherSeconds":120,"twoWayAudioSeconds":60,"overlapSeconds":30,"signWithinSeconds":86400,"clockSeconds":5}');
