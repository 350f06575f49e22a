-- CreateTable
CREATE TABLE `hlstats_Player_Sessions` (
    `server_id` INT UNSIGNED NOT NULL,
    `player_id` INT UNSIGNED NOT NULL,
    `unique_id` VARCHAR(64) NOT NULL DEFAULT '',
    `raw_id` VARCHAR(64) NOT NULL DEFAULT '',
    `bot` TINYINT UNSIGNED NOT NULL DEFAULT 0,
    `uid` INT NOT NULL DEFAULT 0,
    `name` VARCHAR(64) NOT NULL DEFAULT '',
    `team` VARCHAR(64) NOT NULL DEFAULT '',
    `role` VARCHAR(64) NOT NULL DEFAULT '',
    `address` VARCHAR(64) NOT NULL DEFAULT '',
    `connected_at` INT NOT NULL DEFAULT 0,
    `last_event_at` INT NOT NULL DEFAULT 0,
    `kills_in_life` INT UNSIGNED NOT NULL DEFAULT 0,
    `deaths_in_row` INT UNSIGNED NOT NULL DEFAULT 0,
    `map_kills` INT UNSIGNED NOT NULL DEFAULT 0,
    `map_deaths` INT UNSIGNED NOT NULL DEFAULT 0,
    `map_suicides` INT UNSIGNED NOT NULL DEFAULT 0,
    `map_headshots` INT UNSIGNED NOT NULL DEFAULT 0,
    `map_shots` INT UNSIGNED NOT NULL DEFAULT 0,
    `map_hits` INT UNSIGNED NOT NULL DEFAULT 0,
    `skill_change` INT NOT NULL DEFAULT 0,
    `dead` TINYINT UNSIGNED NOT NULL DEFAULT 0,
    `bomb` TINYINT UNSIGNED NOT NULL DEFAULT 0,
    `ping` INT UNSIGNED NOT NULL DEFAULT 0,
    `stream` VARCHAR(64) NOT NULL DEFAULT '',
    `received_at` VARCHAR(24) NOT NULL DEFAULT '',
    PRIMARY KEY (`server_id`, `player_id`),
    INDEX `player` (`player_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Player_Totals` (
    `player_id` INT UNSIGNED NOT NULL,
    `assists` INT UNSIGNED NOT NULL DEFAULT 0,
    `flash_assists` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`player_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_Assists` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME(0) NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `victimId` INT UNSIGNED NOT NULL DEFAULT 0,
    `flash` TINYINT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`id`),
    INDEX `playerId` (`playerId`),
    INDEX `victimId` (`victimId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Shot_Sources` (
    `service` VARCHAR(32) NOT NULL,
    `server_id` INT UNSIGNED NOT NULL,
    `source` VARCHAR(8) NOT NULL,
    PRIMARY KEY (`service`, `server_id`)
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
CREATE TABLE `hlstats_Weapon_Discoveries` (
    `game` VARCHAR(32) NOT NULL,
    `code` VARCHAR(64) NOT NULL,
    `first_seen` DATETIME(0) NOT NULL,
    PRIMARY KEY (`game`, `code`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Server_State` (
    `server_id` INT UNSIGNED NOT NULL,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `match_number` INT UNSIGNED NOT NULL DEFAULT 0,
    `match_open` TINYINT UNSIGNED NOT NULL DEFAULT 0,
    `round_number` INT UNSIGNED NOT NULL DEFAULT 0,
    `round_open` TINYINT UNSIGNED NOT NULL DEFAULT 0,
    `round_won` TINYINT UNSIGNED NOT NULL DEFAULT 0,
    `stream` VARCHAR(64) NOT NULL DEFAULT '',
    `received_at` VARCHAR(24) NOT NULL DEFAULT '',
    PRIMARY KEY (`server_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Server_Members` (
    `server_id` INT UNSIGNED NOT NULL,
    `player_id` INT UNSIGNED NOT NULL,
    `name` VARCHAR(64) NOT NULL DEFAULT '',
    `team` VARCHAR(64) NOT NULL DEFAULT '',
    `role` VARCHAR(64) NOT NULL DEFAULT '',
    `bot` TINYINT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`server_id`, `player_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Matches` (
    `server_id` INT UNSIGNED NOT NULL,
    `number` INT UNSIGNED NOT NULL,
    `game` VARCHAR(32) NOT NULL,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `started_at` DATETIME(0) NULL,
    `ended_at` DATETIME(0) NULL,
    `rounds` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`server_id`, `number`),
    INDEX `started` (`started_at`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Match_Players` (
    `server_id` INT UNSIGNED NOT NULL,
    `match_number` INT UNSIGNED NOT NULL,
    `player_id` INT UNSIGNED NOT NULL,
    `name` VARCHAR(64) NOT NULL DEFAULT '',
    `team` VARCHAR(64) NOT NULL DEFAULT '',
    `kills` INT UNSIGNED NOT NULL DEFAULT 0,
    `deaths` INT UNSIGNED NOT NULL DEFAULT 0,
    `headshots` INT UNSIGNED NOT NULL DEFAULT 0,
    `teamkills` INT UNSIGNED NOT NULL DEFAULT 0,
    `suicides` INT UNSIGNED NOT NULL DEFAULT 0,
    `assists` INT UNSIGNED NOT NULL DEFAULT 0,
    `mvps` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`server_id`, `match_number`, `player_id`),
    INDEX `player` (`player_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Match_Teams` (
    `server_id` INT UNSIGNED NOT NULL,
    `match_number` INT UNSIGNED NOT NULL,
    `team` VARCHAR(64) NOT NULL,
    `wins` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`server_id`, `match_number`, `team`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Rounds` (
    `server_id` INT UNSIGNED NOT NULL,
    `match_number` INT UNSIGNED NOT NULL,
    `number` INT UNSIGNED NOT NULL,
    `started_at` DATETIME(0) NULL,
    `ended_at` DATETIME(0) NULL,
    `winner` VARCHAR(64) NOT NULL DEFAULT '',
    `reason` VARCHAR(128) NOT NULL DEFAULT '',
    `kills` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`server_id`, `match_number`, `number`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Round_Players` (
    `server_id` INT UNSIGNED NOT NULL,
    `match_number` INT UNSIGNED NOT NULL,
    `round_number` INT UNSIGNED NOT NULL,
    `player_id` INT UNSIGNED NOT NULL,
    `team` VARCHAR(64) NOT NULL DEFAULT '',
    `kills` INT UNSIGNED NOT NULL DEFAULT 0,
    `deaths` INT UNSIGNED NOT NULL DEFAULT 0,
    `headshots` INT UNSIGNED NOT NULL DEFAULT 0,
    `teamkills` INT UNSIGNED NOT NULL DEFAULT 0,
    `suicides` INT UNSIGNED NOT NULL DEFAULT 0,
    `assists` INT UNSIGNED NOT NULL DEFAULT 0,
    `mvps` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`server_id`, `match_number`, `round_number`, `player_id`),
    INDEX `player` (`player_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Trend_Slots` (
    `game` VARCHAR(32) NOT NULL,
    `slot` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`game`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- AlterTable
ALTER TABLE `hlstats_Events_Frags`
    ADD COLUMN `killerSkillChange` INT NULL,
    ADD COLUMN `victimSkillChange` INT NULL,
    ADD COLUMN `penetrated` TINYINT UNSIGNED NULL,
    ADD COLUMN `throughSmoke` TINYINT UNSIGNED NULL,
    ADD COLUMN `noScope` TINYINT UNSIGNED NULL,
    ADD COLUMN `attackerBlind` TINYINT UNSIGNED NULL;
