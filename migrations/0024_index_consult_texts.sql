CREATE TABLE `consult_text_queue` (
	`seq` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`ref_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `consult_text` (
	`seq` integer PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`kind` text NOT NULL,
	`ref_id` text NOT NULL,
	`at` text NOT NULL,
	`search_key` text NOT NULL,
	FOREIGN KEY (`request_id`) REFERENCES `service_request`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "consult_text_kind" CHECK("consult_text"."kind" in ('message', 'question', 'conclusion'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `consult_text_ref` ON `consult_text` (`kind`,`ref_id`);--> statement-breakpoint
CREATE VIRTUAL TABLE consult_text_fts USING fts5(
  search_key, content = 'consult_text', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);
--> statement-breakpoint
CREATE TRIGGER consult_text_index AFTER INSERT ON consult_text
BEGIN INSERT INTO consult_text_fts (rowid, search_key) VALUES (new.seq, new.search_key); END;
--> statement-breakpoint
CREATE TRIGGER consult_text_unindex AFTER DELETE ON consult_text
BEGIN INSERT INTO consult_text_fts (consult_text_fts, rowid, search_key) VALUES ('delete', old.seq, old.search_key); END;
--> statement-breakpoint
CREATE TRIGGER consult_text_stays BEFORE UPDATE ON consult_text
BEGIN SELECT raise(ABORT, 'consult_text: never changes'); END;
--> statement-breakpoint
-- Whoever writes, in whichever unit of work: it waits to be folded and indexed.
CREATE TRIGGER consult_text_message AFTER INSERT ON message
BEGIN INSERT INTO consult_text_queue (kind, ref_id) VALUES ('message', new.id); END;
--> statement-breakpoint
CREATE TRIGGER consult_text_question AFTER INSERT ON service_request WHEN new.reason <> ''
BEGIN INSERT INTO consult_text_queue (kind, ref_id) VALUES ('question', new.id); END;
--> statement-breakpoint
CREATE TRIGGER consult_text_conclusion AFTER UPDATE OF signed_at ON composition WHEN old.signed_at IS NULL AND new.signed_at IS NOT NULL
BEGIN INSERT INTO consult_text_queue (kind, ref_id) VALUES ('conclusion', new.id); END;
--> statement-breakpoint
CREATE TRIGGER consult_text_signed AFTER INSERT ON composition WHEN new.signed_at IS NOT NULL
BEGIN INSERT INTO consult_text_queue (kind, ref_id) VALUES ('conclusion', new.id); END;
--> statement-breakpoint
INSERT INTO consult_text_queue (kind, ref_id) SELECT 'question', id FROM service_request WHERE reason <> '' ORDER BY created_at;
--> statement-breakpoint
INSERT INTO consult_text_queue (kind, ref_id) SELECT 'message', id FROM message ORDER BY sent_at;
--> statement-breakpoint
INSERT INTO consult_text_queue (kind, ref_id) SELECT 'conclusion', id FROM composition WHERE signed_at IS NOT NULL ORDER BY signed_at;
