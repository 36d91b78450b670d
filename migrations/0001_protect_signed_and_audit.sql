-- What is evidence stays as it was written, whoever holds the connection.
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER composition_signed_no_update BEFORE UPDATE ON composition WHEN old.status <> 'preliminary'
BEGIN SELECT RAISE(ABORT, 'a signed composition is immutable'); END;
--> statement-breakpoint
CREATE TRIGGER composition_signed_no_delete BEFORE DELETE ON composition WHEN old.status <> 'preliminary'
BEGIN SELECT RAISE(ABORT, 'a signed composition is immutable'); END;
--> statement-breakpoint
CREATE TRIGGER message_no_update BEFORE UPDATE ON message
BEGIN SELECT RAISE(ABORT, 'message is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER message_no_delete BEFORE DELETE ON message
BEGIN SELECT RAISE(ABORT, 'message is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER session_end_is_final BEFORE UPDATE ON session WHEN old.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an ended session stays ended'); END;
