-- Generated from the migration of the same name in prisma/migrations by `npm run generate`.

CREATE TABLE `hlstats_Stream_Positions` (
    `service` TEXT COLLATE NOCASE NOT NULL CHECK (length(`service`) <= 32),
    `partition_no` INTEGER NOT NULL CHECK (`partition_no` BETWEEN 0 AND 65535),
    `stream` TEXT COLLATE NOCASE NOT NULL CHECK (length(`stream`) <= 64),
    `record` BIGINT NOT NULL DEFAULT 0 CHECK (`record` >= 0),
    `updated_at` DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now')),
    PRIMARY KEY (`service`, `partition_no`, `stream`)
);

CREATE TABLE `hlstats_Stream_Holes` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `service` TEXT COLLATE NOCASE NOT NULL CHECK (length(`service`) <= 32),
    `partition_no` INTEGER NOT NULL CHECK (`partition_no` BETWEEN 0 AND 65535),
    `stream` TEXT COLLATE NOCASE NOT NULL CHECK (length(`stream`) <= 64),
    `from_record` BIGINT NOT NULL CHECK (`from_record` >= 0),
    `to_record` BIGINT NOT NULL CHECK (`to_record` >= 0),
    `state` TEXT NOT NULL DEFAULT 'open' CHECK (`state` IN ('baseline', 'open', 'lost')),
    `opened_at` DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now'))
);

CREATE INDEX `hlstats_Stream_Holes_stream` ON `hlstats_Stream_Holes` (`service`, `partition_no`, `stream`, `state`);

CREATE TABLE `hlstats_Parked` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `service` TEXT COLLATE NOCASE NOT NULL CHECK (length(`service`) <= 32),
    `event_id` TEXT COLLATE NOCASE NOT NULL CHECK (length(`event_id`) <= 128),
    `partition_no` INTEGER NOT NULL CHECK (`partition_no` BETWEEN 0 AND 65535),
    `stream` TEXT COLLATE NOCASE NOT NULL CHECK (length(`stream`) <= 64),
    `record` BIGINT NOT NULL DEFAULT 0 CHECK (`record` >= 0),
    `event_type` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`event_type`) <= 64),
    `payload` TEXT COLLATE NOCASE NOT NULL,
    `code` TEXT COLLATE NOCASE NOT NULL CHECK (length(`code`) <= 64),
    `message` TEXT COLLATE NOCASE NOT NULL,
    `stack` TEXT COLLATE NOCASE NULL,
    `attempts` INTEGER NOT NULL DEFAULT 0 CHECK (`attempts` BETWEEN 0 AND 4294967295),
    `state` TEXT NOT NULL DEFAULT 'parked' CHECK (`state` IN ('parked', 'replayed', 'discarded')),
    `parked_at` DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now')),
    `changed_at` DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now'))
);

CREATE UNIQUE INDEX `hlstats_Parked_event` ON `hlstats_Parked` (`service`, `event_id`);

CREATE INDEX `hlstats_Parked_state` ON `hlstats_Parked` (`state`, `service`);

CREATE TABLE `hlstats_System` (
    `name` TEXT COLLATE NOCASE NOT NULL CHECK (length(`name`) <= 64),
    `value` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`value`) <= 255),
    PRIMARY KEY (`name`)
);
