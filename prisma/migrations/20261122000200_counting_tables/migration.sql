-- CreateTable
CREATE TABLE `hlstats_Player_Sessions` (
    `server_id` INT UNSIGNED NOT NULL,
    `player_id` INT UNSIGNED NOT NULL,
    `unique_id` VARCHAR(64) NOT NULL DEFAULT '',
    `name` VARCHAR(64) NOT NULL DEFAULT '',
    `team` VARCHAR(64) NOT NULL DEFAULT '',
    `role` VARCHAR(64) NOT NULL DEFAULT '',
    `stream` VARCHAR(64) NOT NULL DEFAULT '',
    `connected_at` DATETIME(0) NOT NULL,
    `last_event_at` DATETIME(0) NOT NULL,
    `kill_streak` INT UNSIGNED NOT NULL DEFAULT 0,
    `death_streak` INT UNSIGNED NOT NULL DEFAULT 0,
    `map_kills` INT UNSIGNED NOT NULL DEFAULT 0,
    `map_deaths` INT UNSIGNED NOT NULL DEFAULT 0,
    `skill_change` INT NOT NULL DEFAULT 0,
    PRIMARY KEY (`server_id`, `player_id`),
    INDEX `player` (`player_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Player_Weapons` (
    `player_id` INT UNSIGNED NOT NULL,
    `weapon` VARCHAR(64) NOT NULL,
    `kills` INT UNSIGNED NOT NULL DEFAULT 0,
    `headshots` INT UNSIGNED NOT NULL DEFAULT 0,
    `teamkills` INT UNSIGNED NOT NULL DEFAULT 0,
    `deaths` INT UNSIGNED NOT NULL DEFAULT 0,
    `shots` INT UNSIGNED NOT NULL DEFAULT 0,
    `hits` INT UNSIGNED NOT NULL DEFAULT 0,
    `damage` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`player_id`, `weapon`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Server_State` (
    `server_id` INT UNSIGNED NOT NULL,
    `stream` VARCHAR(64) NOT NULL DEFAULT '',
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `match_id` INT UNSIGNED NULL,
    `round_id` INT UNSIGNED NULL,
    `round_number` INT UNSIGNED NOT NULL DEFAULT 0,
    `last_event_at` DATETIME(0) NULL,
    PRIMARY KEY (`server_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Matches` (
    `match_id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `server_id` INT UNSIGNED NOT NULL,
    `game` VARCHAR(32) NOT NULL,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `started_at` DATETIME(0) NOT NULL,
    `ended_at` DATETIME(0) NULL,
    `rounds` INT UNSIGNED NOT NULL DEFAULT 0,
    `kills` INT UNSIGNED NOT NULL DEFAULT 0,
    `headshots` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`match_id`),
    INDEX `server` (`server_id`, `started_at`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Rounds` (
    `round_id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `match_id` INT UNSIGNED NOT NULL,
    `server_id` INT UNSIGNED NOT NULL,
    `number` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `started_at` DATETIME(0) NULL,
    `ended_at` DATETIME(0) NULL,
    `winning_team` VARCHAR(64) NOT NULL DEFAULT '',
    `reason` VARCHAR(64) NOT NULL DEFAULT '',
    PRIMARY KEY (`round_id`),
    INDEX `match` (`match_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Round_Players` (
    `round_id` INT UNSIGNED NOT NULL,
    `player_id` INT UNSIGNED NOT NULL,
    `team` VARCHAR(64) NOT NULL DEFAULT '',
    `kills` INT UNSIGNED NOT NULL DEFAULT 0,
    `headshots` INT UNSIGNED NOT NULL DEFAULT 0,
    `deaths` INT UNSIGNED NOT NULL DEFAULT 0,
    `suicides` INT UNSIGNED NOT NULL DEFAULT 0,
    `teamkills` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`round_id`, `player_id`),
    INDEX `player` (`player_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

