CREATE TABLE `audit_tree` (
	`id` integer PRIMARY KEY NOT NULL,
	`size` integer NOT NULL,
	`frontier` text NOT NULL,
	`last_hash` text NOT NULL,
	CONSTRAINT "audit_tree_one" CHECK("audit_tree"."id" = 1)
);
--> statement-breakpoint
-- The tree of an existing log is grown from its entries by the server (SQLite knows no SHA-256); the entries stay as they are.
CREATE TRIGGER audit_tree_only_grows BEFORE UPDATE ON audit_tree WHEN new.size IS NOT old.size + 1
BEGIN SELECT RAISE(ABORT, 'audit_tree grows by one leaf at a time'); END;
--> statement-breakpoint
CREATE TRIGGER audit_tree_no_delete BEFORE DELETE ON audit_tree
BEGIN SELECT RAISE(ABORT, 'audit_tree is append-only'); END;
