CREATE TABLE `patient_name_word` (
	`word` text NOT NULL,
	`search_key` text NOT NULL,
	`patient_id` text NOT NULL,
	PRIMARY KEY(`word`, `search_key`, `patient_id`)
) WITHOUT ROWID;
--> statement-breakpoint
DROP INDEX `day_load_free`;--> statement-breakpoint
CREATE INDEX `day_load_free` ON `day_load` (`practitioner_id`,`mode`,`last_free_at`,`service`,`day`);--> statement-breakpoint
DROP INDEX `on_call_shift_by_end`;--> statement-breakpoint
CREATE INDEX `on_call_shift_by_end` ON `on_call_shift` (`specialty`,`ends_at`,`starts_at`);--> statement-breakpoint
CREATE INDEX `service_request_live_station` ON `service_request` (`station_id`,`created_at`) WHERE "status" not in ('declined', 'cancelled', 'closed');--> statement-breakpoint
CREATE INDEX `service_request_live_practitioner` ON `service_request` (`practitioner_id`,`created_at`) WHERE "status" not in ('declined', 'cancelled', 'closed');--> statement-breakpoint
CREATE INDEX `service_request_live_order` ON `service_request` ("urgency_rank" desc,`created_at`) WHERE "status" not in ('declined', 'cancelled', 'closed');--> statement-breakpoint
CREATE INDEX `service_request_created` ON `service_request` (`created_at`);
--> statement-breakpoint
CREATE TRIGGER `patient_name_word_insert` AFTER INSERT ON `patient`
BEGIN
  INSERT INTO `patient_name_word` (`word`, `search_key`, `patient_id`)
  SELECT DISTINCT `value`, new.`search_key`, new.`id`
  FROM json_each('["' || replace(replace(replace(new.`search_key`, '\', ' '), '"', ' '), ' ', '","') || '"]')
  WHERE `value` <> '';
END;
--> statement-breakpoint
CREATE TRIGGER `patient_name_word_update` AFTER UPDATE OF `search_key` ON `patient` WHEN new.`search_key` <> old.`search_key`
BEGIN
  DELETE FROM `patient_name_word` WHERE `patient_id` = old.`id` AND `search_key` = old.`search_key` AND `word` IN (
    SELECT `value` FROM json_each('["' || replace(replace(replace(old.`search_key`, '\', ' '), '"', ' '), ' ', '","') || '"]')
  );
  INSERT INTO `patient_name_word` (`word`, `search_key`, `patient_id`)
  SELECT DISTINCT `value`, new.`search_key`, new.`id`
  FROM json_each('["' || replace(replace(replace(new.`search_key`, '\', ' '), '"', ' '), ' ', '","') || '"]')
  WHERE `value` <> '';
END;
--> statement-breakpoint
CREATE TRIGGER `patient_name_word_delete` AFTER DELETE ON `patient`
BEGIN
  DELETE FROM `patient_name_word` WHERE `patient_id` = old.`id` AND `search_key` = old.`search_key` AND `word` IN (
    SELECT `value` FROM json_each('["' || replace(replace(replace(old.`search_key`, '\', ' '), '"', ' '), ' ', '","') || '"]')
  );
END;
--> statement-breakpoint
INSERT INTO `patient_name_word` (`word`, `search_key`, `patient_id`)
SELECT DISTINCT each.`value`, `patient`.`search_key`, `patient`.`id`
FROM `patient`, json_each('["' || replace(replace(replace(`patient`.`search_key`, '\', ' '), '"', ' '), ' ', '","') || '"]') AS each
WHERE each.`value` <> '';
