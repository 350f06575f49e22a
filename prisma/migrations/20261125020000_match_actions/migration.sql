-- CreateTable
CREATE TABLE `hlstats_Match_Actions` (
    `server_id` INT UNSIGNED NOT NULL,
    `match_number` INT UNSIGNED NOT NULL,
    `player_id` INT UNSIGNED NOT NULL,
    `action` VARCHAR(64) NOT NULL,
    `times` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`server_id`, `match_number`, `player_id`, `action`),
    INDEX `player` (`player_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
