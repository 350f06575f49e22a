-- CreateTable
CREATE TABLE `hlstats_Stream_Positions` (
    `service` VARCHAR(32) NOT NULL,
    `partition_no` SMALLINT UNSIGNED NOT NULL,
    `stream` VARCHAR(64) NOT NULL,
    `record` BIGINT UNSIGNED NOT NULL DEFAULT 0,
    `updated_at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (`service`, `partition_no`, `stream`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Stream_Holes` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `service` VARCHAR(32) NOT NULL,
    `partition_no` SMALLINT UNSIGNED NOT NULL,
    `stream` VARCHAR(64) NOT NULL,
    `from_record` BIGINT UNSIGNED NOT NULL,
    `to_record` BIGINT UNSIGNED NOT NULL,
    `state` ENUM('baseline', 'open', 'lost') NOT NULL DEFAULT 'open',
    `opened_at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (`id`),
    INDEX `stream` (`service`, `partition_no`, `stream`, `state`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Parked` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `service` VARCHAR(32) NOT NULL,
    `event_id` VARCHAR(128) NOT NULL,
    `partition_no` SMALLINT UNSIGNED NOT NULL,
    `stream` VARCHAR(64) NOT NULL,
    `record` BIGINT UNSIGNED NOT NULL DEFAULT 0,
    `event_type` VARCHAR(64) NOT NULL DEFAULT '',
    `payload` MEDIUMTEXT NOT NULL,
    `code` VARCHAR(64) NOT NULL,
    `message` TEXT NOT NULL,
    `stack` TEXT NULL,
    `attempts` INT UNSIGNED NOT NULL DEFAULT 0,
    `state` ENUM('parked', 'replayed', 'discarded') NOT NULL DEFAULT 'parked',
    `parked_at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    `changed_at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (`id`),
    UNIQUE INDEX `event` (`service`, `event_id`),
    INDEX `state` (`state`, `service`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_System` (
    `name` VARCHAR(64) NOT NULL,
    `value` VARCHAR(255) NOT NULL DEFAULT '',
    PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

