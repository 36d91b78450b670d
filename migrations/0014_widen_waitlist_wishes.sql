ALTER TABLE `waitlist_wish` ADD `avoid_weekdays` integer DEFAULT 0 NOT NULL;
