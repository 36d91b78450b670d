-- Nobody is in two places. Claims of one resource in one lane do not overlap, so the last one that begins before the new one's end is the
-- only one that could reach into it: one step in the index slot_claim_resource. No clock is asked.
CREATE TRIGGER slot_claim_no_overlap BEFORE INSERT ON slot_claim
WHEN (
  SELECT ends_at FROM slot_claim
  WHERE kind = new.kind AND resource_id = new.resource_id AND lane = new.lane AND starts_at < new.ends_at
  ORDER BY starts_at DESC LIMIT 1
) > new.starts_at
BEGIN SELECT RAISE(ABORT, 'slot_claim: taken'); END;
--> statement-breakpoint
-- A second camera, or a place on a taken slot, only where a rule allows it.
CREATE TRIGGER slot_claim_lane_needs_rule BEFORE INSERT ON slot_claim WHEN new.lane > 0 AND NOT CASE new.kind
  WHEN 'station' THEN EXISTS (SELECT 1 FROM station_kit WHERE station_id = new.resource_id AND cameras > new.lane)
  WHEN 'practitioner' THEN EXISTS (
    SELECT 1 FROM appointment JOIN healthcare_service ON healthcare_service.code = appointment.service
    WHERE appointment.id = new.holder_id AND healthcare_service.overbook_lanes >= new.lane
  )
  ELSE 0
END
BEGIN SELECT RAISE(ABORT, 'slot_claim: no such lane'); END;
--> statement-breakpoint
-- Made and removed, never moved: what the first trigger saw stays true.
CREATE TRIGGER slot_claim_no_update BEFORE UPDATE ON slot_claim
BEGIN SELECT RAISE(ABORT, 'slot_claim: never changes'); END;
--> statement-breakpoint
CREATE TRIGGER roster_template_no_overlap BEFORE INSERT ON roster_template
WHEN new.mode <> 'on_call' AND new.withdrawn_at IS NULL AND EXISTS (
  SELECT 1 FROM roster_template old
  WHERE old.practitioner_id = new.practitioner_id AND old.mode <> 'on_call' AND old.withdrawn_at IS NULL
    AND (old.weekdays & new.weekdays) <> 0
    AND old.start_minute < new.end_minute AND new.start_minute < old.end_minute
    AND (old.valid_to IS NULL OR old.valid_to >= new.valid_from)
    AND (new.valid_to IS NULL OR new.valid_to >= old.valid_from)
)
BEGIN SELECT RAISE(ABORT, 'roster_template: overlaps'); END;
--> statement-breakpoint
-- The past is explained by the templates that applied: a template only ends, earlier than before or altogether.
CREATE TRIGGER roster_template_only_ends BEFORE UPDATE ON roster_template
WHEN new.id <> old.id OR new.practitioner_id <> old.practitioner_id OR new.service <> old.service OR new.mode <> old.mode
  OR new.weekdays <> old.weekdays OR new.start_minute <> old.start_minute OR new.end_minute <> old.end_minute
  OR new.slot_minutes <> old.slot_minutes OR new.buffer_minutes <> old.buffer_minutes
  OR new.works_on_holidays <> old.works_on_holidays OR new.rank IS NOT old.rank OR new.valid_from <> old.valid_from
  OR (old.valid_to IS NOT NULL AND (new.valid_to IS NULL OR new.valid_to > old.valid_to))
  OR (old.withdrawn_at IS NOT NULL AND new.withdrawn_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'roster_template: only ends'); END;
--> statement-breakpoint
CREATE TRIGGER roster_extra_no_overlap BEFORE INSERT ON roster_exception
WHEN new.kind = 'extra' AND new.mode <> 'on_call' AND new.withdrawn_at IS NULL AND EXISTS (
  SELECT 1 FROM roster_exception old
  WHERE old.practitioner_id = new.practitioner_id AND old.kind = 'extra' AND old.mode <> 'on_call' AND old.withdrawn_at IS NULL
    AND old.starts_at < new.ends_at AND new.starts_at < old.ends_at
)
BEGIN SELECT RAISE(ABORT, 'roster_exception: overlaps'); END;
--> statement-breakpoint
-- A request and its appointment speak of the same patient and station.
CREATE TRIGGER appointment_of_its_request BEFORE INSERT ON appointment
WHEN NOT EXISTS (
  SELECT 1 FROM service_request r
  WHERE r.id = new.request_id AND r.patient_id = new.patient_id AND r.station_id = new.station_id AND r.specialty = new.specialty
)
BEGIN SELECT RAISE(ABORT, 'appointment: of another request'); END;
--> statement-breakpoint
INSERT INTO region (code, name_kk, name_ru, name_en, position) VALUES
  ('abai', 'Абай облысы', 'область Абай', 'Abai Region', 1),
  ('akmola', 'Ақмола облысы', 'Акмолинская область', 'Akmola Region', 2),
  ('aktobe', 'Ақтөбе облысы', 'Актюбинская область', 'Aktobe Region', 3),
  ('almaty', 'Алматы облысы', 'Алматинская область', 'Almaty Region', 4),
  ('atyrau', 'Атырау облысы', 'Атырауская область', 'Atyrau Region', 5),
  ('west', 'Батыс Қазақстан облысы', 'Западно-Казахстанская область', 'West Kazakhstan Region', 6),
  ('zhambyl', 'Жамбыл облысы', 'Жамбылская область', 'Zhambyl Region', 7),
  ('zhetisu', 'Жетісу облысы', 'область Жетісу', 'Zhetisu Region', 8),
  ('karaganda', 'Қарағанды облысы', 'Карагандинская область', 'Karaganda Region', 9),
  ('kostanay', 'Қостанай облысы', 'Костанайская область', 'Kostanay Region', 10),
  ('kyzylorda', 'Қызылорда облысы', 'Кызылординская область', 'Kyzylorda Region', 11),
  ('mangystau', 'Маңғыстау облысы', 'Мангистауская область', 'Mangystau Region', 12),
  ('pavlodar', 'Павлодар облысы', 'Павлодарская область', 'Pavlodar Region', 13),
  ('north', 'Солтүстік Қазақстан облысы', 'Северо-Казахстанская область', 'North Kazakhstan Region', 14),
  ('turkistan', 'Түркістан облысы', 'Туркестанская область', 'Turkistan Region', 15),
  ('ulytau', 'Ұлытау облысы', 'область Ұлытау', 'Ulytau Region', 16),
  ('east', 'Шығыс Қазақстан облысы', 'Восточно-Казахстанская область', 'East Kazakhstan Region', 17),
  ('astana', 'Астана қаласы', 'город Астана', 'Astana', 18),
  ('almaty-city', 'Алматы қаласы', 'город Алматы', 'Almaty City', 19),
  ('shymkent', 'Шымкент қаласы', 'город Шымкент', 'Shymkent', 20);
