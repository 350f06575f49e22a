-- The tables of HLstatsX:CE 1.11.6 (database version 91): same names, types and keys; InnoDB instead of MyISAM and MEMORY.

-- CreateTable
CREATE TABLE `geoLiteCity_Blocks` (
    `startIpNum` BIGINT UNSIGNED NOT NULL DEFAULT 0,
    `endIpNum` BIGINT UNSIGNED NOT NULL DEFAULT 0,
    `locId` BIGINT UNSIGNED NOT NULL DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `geoLiteCity_Location` (
    `locId` BIGINT UNSIGNED NOT NULL DEFAULT 0,
    `country` VARCHAR(2) NOT NULL,
    `region` VARCHAR(50) NULL,
    `city` VARCHAR(50) NULL,
    `postalCode` VARCHAR(10) NULL,
    `latitude` DECIMAL(14,4) NULL,
    `longitude` DECIMAL(14,4) NULL,
    PRIMARY KEY (`locId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Actions` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `game` VARCHAR(32) NOT NULL DEFAULT 'valve',
    `code` VARCHAR(64) NOT NULL DEFAULT '',
    `reward_player` INT NOT NULL DEFAULT 10,
    `reward_team` INT NOT NULL DEFAULT 0,
    `team` VARCHAR(64) NOT NULL DEFAULT '',
    `description` VARCHAR(128) NULL,
    `for_PlayerActions` ENUM('0','1') NOT NULL DEFAULT '0',
    `for_PlayerPlayerActions` ENUM('0','1') NOT NULL DEFAULT '0',
    `for_TeamActions` ENUM('0','1') NOT NULL DEFAULT '0',
    `for_WorldActions` ENUM('0','1') NOT NULL DEFAULT '0',
    `count` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`id`),
    UNIQUE INDEX `gamecode` (`code`, `game`, `team`),
    INDEX `code` (`code`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Awards` (
    `awardId` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `awardType` CHAR(1) NOT NULL DEFAULT 'W',
    `game` VARCHAR(32) NOT NULL DEFAULT 'valve',
    `code` VARCHAR(128) NOT NULL DEFAULT '',
    `name` VARCHAR(128) NOT NULL DEFAULT '',
    `verb` VARCHAR(128) NOT NULL DEFAULT '',
    `d_winner_id` INT UNSIGNED NULL,
    `d_winner_count` INT UNSIGNED NULL,
    `g_winner_id` INT UNSIGNED NULL,
    `g_winner_count` INT UNSIGNED NULL,
    PRIMARY KEY (`awardId`),
    UNIQUE INDEX `code` (`game`, `awardType`, `code`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Clans` (
    `clanId` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `tag` VARCHAR(64) NOT NULL DEFAULT '',
    `name` VARCHAR(128) NOT NULL DEFAULT '',
    `homepage` VARCHAR(64) NOT NULL DEFAULT '',
    `game` VARCHAR(32) NOT NULL DEFAULT '',
    `hidden` TINYINT UNSIGNED NOT NULL DEFAULT 0,
    `mapregion` VARCHAR(128) NOT NULL DEFAULT '',
    PRIMARY KEY (`clanId`),
    UNIQUE INDEX `tag` (`game`, `tag`),
    INDEX `game` (`game`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_ClanTags` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `pattern` VARCHAR(64) NOT NULL,
    `position` ENUM('EITHER','START','END') NOT NULL DEFAULT 'EITHER',
    PRIMARY KEY (`id`),
    UNIQUE INDEX `pattern` (`pattern`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Countries` (
    `flag` VARCHAR(16) NOT NULL,
    `name` VARCHAR(50) NOT NULL,
    PRIMARY KEY (`flag`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_Admin` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `type` VARCHAR(64) NOT NULL DEFAULT 'Unknown',
    `message` VARCHAR(255) NOT NULL DEFAULT '',
    `playerName` VARCHAR(64) NOT NULL DEFAULT '',
    PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_ChangeName` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `oldName` VARCHAR(64) NOT NULL DEFAULT '',
    `newName` VARCHAR(64) NOT NULL DEFAULT '',
    PRIMARY KEY (`id`),
    INDEX `playerId` (`playerId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_ChangeRole` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `role` VARCHAR(64) NOT NULL DEFAULT '',
    PRIMARY KEY (`id`),
    INDEX `playerId` (`playerId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_ChangeTeam` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `team` VARCHAR(64) NOT NULL DEFAULT '',
    PRIMARY KEY (`id`),
    INDEX `playerId` (`playerId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_Chat` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `message_mode` TINYINT NOT NULL DEFAULT 0,
    `message` VARCHAR(128) NOT NULL DEFAULT '',
    PRIMARY KEY (`id`),
    INDEX `playerId` (`playerId`),
    INDEX `serverId` (`serverId`),
    FULLTEXT INDEX `message` (`message`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_Connects` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `ipAddress` VARCHAR(32) NOT NULL DEFAULT '',
    `hostname` VARCHAR(255) NOT NULL DEFAULT '',
    `hostgroup` VARCHAR(255) NOT NULL DEFAULT '',
    `eventTime_Disconnect` DATETIME NULL,
    PRIMARY KEY (`id`),
    INDEX `playerId` (`playerId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_Disconnects` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_Entries` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`id`),
    INDEX `playerId` (`playerId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_Frags` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `killerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `victimId` INT UNSIGNED NOT NULL DEFAULT 0,
    `weapon` VARCHAR(64) NOT NULL DEFAULT '',
    `headshot` TINYINT(1) NOT NULL DEFAULT 0,
    `killerRole` VARCHAR(64) NOT NULL DEFAULT '',
    `victimRole` VARCHAR(64) NOT NULL DEFAULT '',
    `pos_x` MEDIUMINT NULL,
    `pos_y` MEDIUMINT NULL,
    `pos_z` MEDIUMINT NULL,
    `pos_victim_x` MEDIUMINT NULL,
    `pos_victim_y` MEDIUMINT NULL,
    `pos_victim_z` MEDIUMINT NULL,
    PRIMARY KEY (`id`),
    INDEX `headshot` (`headshot`),
    INDEX `killerId` (`killerId`),
    INDEX `killerRole` (`killerRole`(8)),
    INDEX `map` (`map`(5)),
    INDEX `serverId` (`serverId`),
    INDEX `victimId` (`victimId`),
    INDEX `weapon16` (`weapon`(16))
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_Latency` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `ping` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`id`),
    INDEX `playerId` (`playerId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_PlayerActions` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `actionId` INT UNSIGNED NOT NULL DEFAULT 0,
    `bonus` INT NOT NULL DEFAULT 0,
    `pos_x` MEDIUMINT NULL,
    `pos_y` MEDIUMINT NULL,
    `pos_z` MEDIUMINT NULL,
    PRIMARY KEY (`id`),
    INDEX `actionId` (`actionId`),
    INDEX `playerId` (`playerId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_PlayerPlayerActions` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `victimId` INT UNSIGNED NOT NULL DEFAULT 0,
    `actionId` INT UNSIGNED NOT NULL DEFAULT 0,
    `bonus` INT NOT NULL DEFAULT 0,
    `pos_x` MEDIUMINT NULL,
    `pos_y` MEDIUMINT NULL,
    `pos_z` MEDIUMINT NULL,
    `pos_victim_x` MEDIUMINT NULL,
    `pos_victim_y` MEDIUMINT NULL,
    `pos_victim_z` MEDIUMINT NULL,
    PRIMARY KEY (`id`),
    INDEX `actionId` (`actionId`),
    INDEX `playerId` (`playerId`),
    INDEX `victimId` (`victimId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_Rcon` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `type` VARCHAR(6) NOT NULL DEFAULT 'UNK',
    `remoteIp` VARCHAR(32) NOT NULL DEFAULT '',
    `password` VARCHAR(128) NOT NULL DEFAULT '',
    `command` VARCHAR(255) NOT NULL DEFAULT '',
    PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_Statsme` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `weapon` VARCHAR(64) NOT NULL DEFAULT '',
    `shots` INT UNSIGNED NOT NULL DEFAULT 0,
    `hits` INT UNSIGNED NOT NULL DEFAULT 0,
    `headshots` INT UNSIGNED NOT NULL DEFAULT 0,
    `damage` INT UNSIGNED NOT NULL DEFAULT 0,
    `kills` INT UNSIGNED NOT NULL DEFAULT 0,
    `deaths` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`id`),
    INDEX `playerId` (`playerId`),
    INDEX `weapon` (`weapon`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_Statsme2` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `weapon` VARCHAR(64) NOT NULL DEFAULT '',
    `head` INT UNSIGNED NOT NULL DEFAULT 0,
    `chest` INT UNSIGNED NOT NULL DEFAULT 0,
    `stomach` INT UNSIGNED NOT NULL DEFAULT 0,
    `leftarm` INT UNSIGNED NOT NULL DEFAULT 0,
    `rightarm` INT UNSIGNED NOT NULL DEFAULT 0,
    `leftleg` INT UNSIGNED NOT NULL DEFAULT 0,
    `rightleg` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`id`),
    INDEX `playerId` (`playerId`),
    INDEX `weapon` (`weapon`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_StatsmeLatency` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `ping` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`id`),
    INDEX `playerId` (`playerId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_StatsmeTime` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `time` TIME NOT NULL DEFAULT '00:00:00',
    PRIMARY KEY (`id`),
    INDEX `playerId` (`playerId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_Suicides` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `weapon` VARCHAR(64) NOT NULL DEFAULT '',
    `pos_x` MEDIUMINT NULL,
    `pos_y` MEDIUMINT NULL,
    `pos_z` MEDIUMINT NULL,
    PRIMARY KEY (`id`),
    INDEX `playerId` (`playerId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_TeamBonuses` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `actionId` INT UNSIGNED NOT NULL DEFAULT 0,
    `bonus` INT NOT NULL DEFAULT 0,
    PRIMARY KEY (`id`),
    INDEX `actionId` (`actionId`),
    INDEX `playerId` (`playerId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Events_Teamkills` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NOT NULL DEFAULT '',
    `killerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `victimId` INT UNSIGNED NOT NULL DEFAULT 0,
    `weapon` VARCHAR(64) NOT NULL DEFAULT '',
    `pos_x` MEDIUMINT NULL,
    `pos_y` MEDIUMINT NULL,
    `pos_z` MEDIUMINT NULL,
    `pos_victim_x` MEDIUMINT NULL,
    `pos_victim_y` MEDIUMINT NULL,
    `pos_victim_z` MEDIUMINT NULL,
    PRIMARY KEY (`id`),
    INDEX `killerId` (`killerId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Games` (
    `code` VARCHAR(32) NOT NULL DEFAULT '',
    `name` VARCHAR(128) NOT NULL DEFAULT '',
    `hidden` ENUM('0','1') NOT NULL DEFAULT '0',
    `realgame` VARCHAR(32) NOT NULL DEFAULT 'hl2mp',
    PRIMARY KEY (`code`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Games_Defaults` (
    `code` VARCHAR(32) NOT NULL,
    `parameter` VARCHAR(50) NOT NULL,
    `value` VARCHAR(128) NOT NULL,
    PRIMARY KEY (`code`, `parameter`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Games_Supported` (
    `code` VARCHAR(32) NOT NULL,
    `name` VARCHAR(128) NOT NULL,
    PRIMARY KEY (`code`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Heatmap_Config` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `map` VARCHAR(64) NOT NULL,
    `game` VARCHAR(32) NOT NULL,
    `xoffset` FLOAT NOT NULL,
    `yoffset` FLOAT NOT NULL,
    `flipx` TINYINT(1) NOT NULL DEFAULT 0,
    `flipy` TINYINT(1) NOT NULL DEFAULT 1,
    `rotate` TINYINT(1) NOT NULL DEFAULT 0,
    `days` TINYINT NOT NULL DEFAULT 30,
    `brush` VARCHAR(5) NOT NULL DEFAULT 'small',
    `scale` FLOAT NOT NULL,
    `font` TINYINT NOT NULL DEFAULT 10,
    `thumbw` FLOAT NOT NULL DEFAULT 0.170312,
    `thumbh` FLOAT NOT NULL DEFAULT 0.170312,
    `cropx1` INT NOT NULL DEFAULT 0,
    `cropy1` INT NOT NULL DEFAULT 0,
    `cropx2` INT NOT NULL DEFAULT 0,
    `cropy2` INT NOT NULL DEFAULT 0,
    PRIMARY KEY (`id`),
    UNIQUE INDEX `gamemap` (`map`, `game`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_HostGroups` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `pattern` VARCHAR(255) NOT NULL DEFAULT '',
    `name` VARCHAR(255) NOT NULL DEFAULT '',
    PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Livestats` (
    `player_id` INT NOT NULL DEFAULT 0,
    `server_id` INT NOT NULL DEFAULT 0,
    `cli_address` VARCHAR(32) NOT NULL DEFAULT '',
    `cli_city` VARCHAR(64) NOT NULL DEFAULT '',
    `cli_country` VARCHAR(64) NOT NULL DEFAULT '',
    `cli_flag` VARCHAR(16) NOT NULL DEFAULT '',
    `cli_state` VARCHAR(64) NOT NULL DEFAULT '',
    `cli_lat` FLOAT(7,4) NULL,
    `cli_lng` FLOAT(7,4) NULL,
    `steam_id` VARCHAR(64) NOT NULL DEFAULT '',
    `name` VARCHAR(64) NOT NULL,
    `team` VARCHAR(64) NOT NULL DEFAULT '',
    `kills` INT NOT NULL DEFAULT 0,
    `deaths` INT NOT NULL DEFAULT 0,
    `suicides` INT NOT NULL DEFAULT 0,
    `headshots` INT NOT NULL DEFAULT 0,
    `shots` INT NOT NULL DEFAULT 0,
    `hits` INT NOT NULL DEFAULT 0,
    `is_dead` TINYINT(1) NOT NULL DEFAULT 0,
    `has_bomb` INT NOT NULL DEFAULT 0,
    `ping` INT NOT NULL DEFAULT 0,
    `connected` INT NOT NULL DEFAULT 0,
    `skill_change` INT NOT NULL DEFAULT 0,
    `skill` INT NOT NULL DEFAULT 0,
    PRIMARY KEY (`player_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Maps_Counts` (
    `rowId` INT NOT NULL AUTO_INCREMENT,
    `game` VARCHAR(32) NOT NULL,
    `map` VARCHAR(64) NOT NULL,
    `kills` INT NOT NULL,
    `headshots` INT NOT NULL,
    PRIMARY KEY (`game`, `map`),
    INDEX `rowId` (`rowId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Mods_Defaults` (
    `code` VARCHAR(32) NOT NULL,
    `parameter` VARCHAR(50) NOT NULL,
    `value` VARCHAR(128) NOT NULL,
    PRIMARY KEY (`code`, `parameter`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Mods_Supported` (
    `code` VARCHAR(32) NOT NULL,
    `name` VARCHAR(128) NOT NULL,
    PRIMARY KEY (`code`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Options` (
    `keyname` VARCHAR(32) NOT NULL DEFAULT '',
    `value` VARCHAR(128) NOT NULL DEFAULT '',
    `opttype` TINYINT NOT NULL DEFAULT 1,
    PRIMARY KEY (`keyname`),
    INDEX `opttype` (`opttype`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Options_Choices` (
    `keyname` VARCHAR(32) NOT NULL,
    `value` VARCHAR(128) NOT NULL,
    `text` VARCHAR(128) NOT NULL DEFAULT '',
    `isDefault` TINYINT(1) NOT NULL DEFAULT 0,
    PRIMARY KEY (`keyname`, `value`),
    INDEX `keyname` (`keyname`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_PlayerNames` (
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `name` VARCHAR(64) NOT NULL DEFAULT '',
    `lastuse` DATETIME NULL,
    `connection_time` INT UNSIGNED NOT NULL DEFAULT 0,
    `numuses` INT UNSIGNED NOT NULL DEFAULT 0,
    `kills` INT UNSIGNED NOT NULL DEFAULT 0,
    `deaths` INT UNSIGNED NOT NULL DEFAULT 0,
    `suicides` INT UNSIGNED NOT NULL DEFAULT 0,
    `headshots` INT UNSIGNED NOT NULL DEFAULT 0,
    `shots` INT UNSIGNED NOT NULL DEFAULT 0,
    `hits` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`playerId`, `name`),
    INDEX `name16` (`name`(16))
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Players` (
    `playerId` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `last_event` INT NOT NULL DEFAULT 0,
    `connection_time` INT UNSIGNED NOT NULL DEFAULT 0,
    `lastName` VARCHAR(64) NOT NULL DEFAULT '',
    `lastAddress` VARCHAR(32) NOT NULL DEFAULT '',
    `city` VARCHAR(64) NOT NULL DEFAULT '',
    `state` VARCHAR(64) NOT NULL DEFAULT '',
    `country` VARCHAR(64) NOT NULL DEFAULT '',
    `flag` VARCHAR(16) NOT NULL DEFAULT '',
    `lat` FLOAT(7,4) NULL,
    `lng` FLOAT(7,4) NULL,
    `clan` INT UNSIGNED NOT NULL DEFAULT 0,
    `kills` INT UNSIGNED NOT NULL DEFAULT 0,
    `deaths` INT UNSIGNED NOT NULL DEFAULT 0,
    `suicides` INT UNSIGNED NOT NULL DEFAULT 0,
    `skill` INT UNSIGNED NOT NULL DEFAULT 1000,
    `shots` INT UNSIGNED NOT NULL DEFAULT 0,
    `hits` INT UNSIGNED NOT NULL DEFAULT 0,
    `teamkills` INT UNSIGNED NOT NULL DEFAULT 0,
    `fullName` VARCHAR(128) NULL,
    `email` VARCHAR(64) NULL,
    `homepage` VARCHAR(64) NULL,
    `icq` INT UNSIGNED NULL,
    `mmrank` TINYINT NULL,
    `game` VARCHAR(32) NOT NULL,
    `hideranking` INT UNSIGNED NOT NULL DEFAULT 0,
    `headshots` INT UNSIGNED NOT NULL DEFAULT 0,
    `last_skill_change` INT NOT NULL DEFAULT 0,
    `displayEvents` INT UNSIGNED NOT NULL DEFAULT 1,
    `kill_streak` INT NOT NULL DEFAULT 0,
    `death_streak` INT NOT NULL DEFAULT 0,
    `blockavatar` INT UNSIGNED NOT NULL DEFAULT 0,
    `activity` INT NOT NULL DEFAULT 100,
    `createdate` INT NOT NULL DEFAULT 0,
    PRIMARY KEY (`playerId`),
    INDEX `game` (`game`),
    INDEX `hideranking` (`hideranking`),
    INDEX `kills` (`kills`),
    INDEX `playerclan` (`clan`, `playerId`),
    INDEX `skill` (`skill`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Players_Awards` (
    `awardTime` DATE NOT NULL,
    `awardId` INT UNSIGNED NOT NULL DEFAULT 0,
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `count` INT UNSIGNED NOT NULL DEFAULT 0,
    `game` VARCHAR(32) NOT NULL,
    PRIMARY KEY (`awardTime`, `awardId`, `playerId`, `game`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Players_History` (
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `eventTime` DATE NULL,
    `connection_time` INT UNSIGNED NOT NULL DEFAULT 0,
    `kills` INT UNSIGNED NOT NULL DEFAULT 0,
    `deaths` INT UNSIGNED NOT NULL DEFAULT 0,
    `suicides` INT UNSIGNED NOT NULL DEFAULT 0,
    `skill` INT UNSIGNED NOT NULL DEFAULT 1000,
    `shots` INT UNSIGNED NOT NULL DEFAULT 0,
    `hits` INT UNSIGNED NOT NULL DEFAULT 0,
    `game` VARCHAR(32) NOT NULL DEFAULT '',
    `headshots` INT UNSIGNED NOT NULL DEFAULT 0,
    `teamkills` INT UNSIGNED NOT NULL DEFAULT 0,
    `kill_streak` INT NOT NULL DEFAULT 0,
    `death_streak` INT NOT NULL DEFAULT 0,
    `skill_change` INT NOT NULL DEFAULT 0,
    UNIQUE INDEX `eventTime` (`eventTime`, `playerId`, `game`),
    INDEX `playerId` (`playerId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Players_Ribbons` (
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `ribbonId` INT UNSIGNED NOT NULL DEFAULT 0,
    `game` VARCHAR(32) NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_PlayerUniqueIds` (
    `playerId` INT UNSIGNED NOT NULL DEFAULT 0,
    `uniqueId` VARCHAR(64) NOT NULL DEFAULT '',
    `game` VARCHAR(32) NOT NULL DEFAULT '',
    `merge` INT UNSIGNED NULL,
    PRIMARY KEY (`uniqueId`, `game`),
    INDEX `playerId` (`playerId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Ranks` (
    `rankId` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `image` VARCHAR(30) NOT NULL,
    `minKills` INT UNSIGNED NOT NULL DEFAULT 0,
    `maxKills` INT NOT NULL DEFAULT 0,
    `rankName` VARCHAR(50) NOT NULL,
    `game` VARCHAR(32) NOT NULL,
    PRIMARY KEY (`rankId`),
    UNIQUE INDEX `rankgame` (`image`, `game`),
    INDEX `game` (`game`(8))
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Ribbons` (
    `ribbonId` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `awardCode` VARCHAR(50) NOT NULL,
    `awardCount` INT NOT NULL DEFAULT 0,
    `special` TINYINT NOT NULL DEFAULT 0,
    `game` VARCHAR(32) NOT NULL,
    `image` VARCHAR(50) NOT NULL,
    `ribbonName` VARCHAR(50) NOT NULL,
    PRIMARY KEY (`ribbonId`),
    UNIQUE INDEX `award` (`awardCode`, `awardCount`, `game`, `special`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Roles` (
    `roleId` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `game` VARCHAR(32) NOT NULL DEFAULT 'valve',
    `code` VARCHAR(64) NOT NULL DEFAULT '',
    `name` VARCHAR(64) NOT NULL DEFAULT '',
    `hidden` ENUM('0','1') NOT NULL DEFAULT '0',
    `picked` INT UNSIGNED NOT NULL DEFAULT 0,
    `kills` INT UNSIGNED NOT NULL DEFAULT 0,
    `deaths` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`roleId`),
    UNIQUE INDEX `gamecode` (`game`, `code`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_server_load` (
    `server_id` INT NOT NULL DEFAULT 0,
    `timestamp` INT NOT NULL DEFAULT 0,
    `act_players` TINYINT NOT NULL DEFAULT 0,
    `min_players` TINYINT NOT NULL DEFAULT 0,
    `max_players` TINYINT NOT NULL DEFAULT 0,
    `map` VARCHAR(64) NULL,
    `uptime` VARCHAR(10) NOT NULL DEFAULT '0',
    `fps` VARCHAR(10) NOT NULL DEFAULT '0',
    INDEX `server_id` (`server_id`),
    INDEX `timestamp` (`timestamp`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Servers` (
    `serverId` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `address` VARCHAR(32) NOT NULL DEFAULT '',
    `port` INT UNSIGNED NOT NULL DEFAULT 0,
    `name` VARCHAR(255) NOT NULL DEFAULT '',
    `sortorder` TINYINT NOT NULL DEFAULT 0,
    `game` VARCHAR(32) NOT NULL DEFAULT 'valve',
    `publicaddress` VARCHAR(128) NOT NULL DEFAULT '',
    `statusurl` VARCHAR(255) NULL,
    `rcon_password` VARCHAR(128) NOT NULL DEFAULT '',
    `kills` INT NOT NULL DEFAULT 0,
    `players` INT NOT NULL DEFAULT 0,
    `rounds` INT NOT NULL DEFAULT 0,
    `suicides` INT NOT NULL DEFAULT 0,
    `headshots` INT NOT NULL DEFAULT 0,
    `bombs_planted` INT NOT NULL DEFAULT 0,
    `bombs_defused` INT NOT NULL DEFAULT 0,
    `ct_wins` INT NOT NULL DEFAULT 0,
    `ts_wins` INT NOT NULL DEFAULT 0,
    `act_players` INT NOT NULL DEFAULT 0,
    `max_players` INT NOT NULL DEFAULT 0,
    `act_map` VARCHAR(64) NOT NULL DEFAULT '',
    `map_rounds` INT NOT NULL DEFAULT 0,
    `map_ct_wins` INT NOT NULL DEFAULT 0,
    `map_ts_wins` INT NOT NULL DEFAULT 0,
    `map_started` INT NOT NULL DEFAULT 0,
    `map_changes` INT NOT NULL DEFAULT 0,
    `ct_shots` INT NOT NULL DEFAULT 0,
    `ct_hits` INT NOT NULL DEFAULT 0,
    `ts_shots` INT NOT NULL DEFAULT 0,
    `ts_hits` INT NOT NULL DEFAULT 0,
    `map_ct_shots` INT NOT NULL DEFAULT 0,
    `map_ct_hits` INT NOT NULL DEFAULT 0,
    `map_ts_shots` INT NOT NULL DEFAULT 0,
    `map_ts_hits` INT NOT NULL DEFAULT 0,
    `lat` FLOAT(7,4) NULL,
    `lng` FLOAT(7,4) NULL,
    `city` VARCHAR(64) NOT NULL DEFAULT '',
    `country` VARCHAR(64) NOT NULL DEFAULT '',
    `last_event` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`serverId`),
    UNIQUE INDEX `addressport` (`address`, `port`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Servers_Config` (
    `serverId` INT UNSIGNED NOT NULL DEFAULT 0,
    `parameter` VARCHAR(50) NOT NULL,
    `value` VARCHAR(128) NOT NULL,
    `serverConfigId` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (`serverId`, `parameter`),
    INDEX `serverConfigId` (`serverConfigId`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Servers_Config_Default` (
    `parameter` VARCHAR(50) NOT NULL,
    `value` VARCHAR(128) NOT NULL,
    `description` MEDIUMTEXT NULL,
    PRIMARY KEY (`parameter`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Servers_VoiceComm` (
    `serverId` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `name` VARCHAR(128) NOT NULL,
    `addr` VARCHAR(128) NOT NULL,
    `password` VARCHAR(128) NULL,
    `descr` VARCHAR(255) NULL,
    `queryPort` INT UNSIGNED NOT NULL DEFAULT 51234,
    `UDPPort` INT UNSIGNED NOT NULL DEFAULT 8767,
    `serverType` TINYINT NOT NULL DEFAULT 0,
    PRIMARY KEY (`serverId`),
    UNIQUE INDEX `address` (`addr`, `UDPPort`, `queryPort`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Teams` (
    `teamId` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `game` VARCHAR(32) NOT NULL DEFAULT 'valve',
    `code` VARCHAR(64) NOT NULL DEFAULT '',
    `name` VARCHAR(64) NOT NULL DEFAULT '',
    `hidden` ENUM('0','1') NOT NULL DEFAULT '0',
    `playerlist_bgcolor` VARCHAR(7) NULL,
    `playerlist_color` VARCHAR(7) NULL,
    `playerlist_index` TINYINT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`teamId`),
    UNIQUE INDEX `gamecode` (`game`, `code`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Trend` (
    `timestamp` INT NOT NULL DEFAULT 0,
    `game` VARCHAR(32) NOT NULL DEFAULT '',
    `players` INT NOT NULL DEFAULT 0,
    `kills` INT NOT NULL DEFAULT 0,
    `headshots` INT NOT NULL DEFAULT 0,
    `servers` INT NOT NULL DEFAULT 0,
    `act_slots` INT NOT NULL DEFAULT 0,
    `max_slots` INT NOT NULL DEFAULT 0,
    INDEX `game` (`game`),
    INDEX `timestamp` (`timestamp`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Users` (
    `username` VARCHAR(16) NOT NULL DEFAULT '',
    `password` VARCHAR(32) NOT NULL DEFAULT '',
    `acclevel` INT NOT NULL DEFAULT 0,
    `playerId` INT NOT NULL DEFAULT 0,
    PRIMARY KEY (`username`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `hlstats_Weapons` (
    `weaponId` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `game` VARCHAR(32) NOT NULL DEFAULT 'valve',
    `code` VARCHAR(64) NOT NULL DEFAULT '',
    `name` VARCHAR(128) NOT NULL DEFAULT '',
    `modifier` FLOAT(10,2) NOT NULL DEFAULT 1.00,
    `kills` INT UNSIGNED NOT NULL DEFAULT 0,
    `headshots` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`weaponId`),
    UNIQUE INDEX `gamecode` (`game`, `code`),
    INDEX `code` (`code`),
    INDEX `modifier` (`modifier`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

