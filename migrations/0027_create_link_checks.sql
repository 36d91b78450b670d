CREATE TABLE `link_check` (
	`id` text PRIMARY KEY NOT NULL,
	`station_id` text,
	`user_id` text NOT NULL,
	`at` text NOT NULL,
	`camera` text NOT NULL,
	`microphone` text NOT NULL,
	`speaker` text NOT NULL,
	`way` text,
	`connect_ms` real,
	`rtt_ms` real,
	`sent_bps` real,
	`received_bps` real,
	`lost_percent` real,
	`concealed_percent` real,
	`received_fps` real,
	`step` text,
	`seconds` real NOT NULL,
	`grade` text NOT NULL,
	FOREIGN KEY (`station_id`) REFERENCES `station`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "link_check_way" CHECK("link_check"."way" in ('udp', 'turn_udp', 'tcp', 'turn_tcp', 'turn_tls')),
	CONSTRAINT "link_check_step" CHECK("link_check"."step" in ('sharp', 'small', 'still', 'voice')),
	CONSTRAINT "link_check_grade" CHECK("link_check"."grade" in ('pass', 'warn', 'fail'))
);
--> statement-breakpoint
CREATE INDEX `link_check_station` ON `link_check` (`station_id`,`at`);--> statement-breakpoint
CREATE INDEX `link_check_user` ON `link_check` (`user_id`,`at`);