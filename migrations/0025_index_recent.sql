DROP INDEX `service_request_worklist`;--> statement-breakpoint
CREATE INDEX `service_request_worklist` ON `service_request` (`status`,`specialty`,`is_planned`);--> statement-breakpoint
CREATE INDEX `patient_station_registered` ON `patient` (`station_id`,`registered_at`);