-- Generated from the migration of the same name in prisma/migrations by `npm run generate`.

CREATE TABLE `hlstats_Player_Sessions` (
    `server_id` INTEGER NOT NULL CHECK (`server_id` BETWEEN 0 AND 4294967295),
    `player_id` INTEGER NOT NULL CHECK (`player_id` BETWEEN 0 AND 4294967295),
    `unique_id` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`unique_id`) <= 64),
    `raw_id` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`raw_id`) <= 64),
    `bot` INTEGER NOT NULL DEFAULT 0 CHECK (`bot` BETWEEN 0 AND 255),
    `uid` INTEGER NOT NULL DEFAULT 0 CHECK (`uid` BETWEEN -2147483648 AND 2147483647),
    `name` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`name`) <= 64),
    `team` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`team`) <= 64),
    `role` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`role`) <= 64),
    `address` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`address`) <= 64),
    `connected_at` INTEGER NOT NULL DEFAULT 0 CHECK (`connected_at` BETWEEN -2147483648 AND 2147483647),
    `last_event_at` INTEGER NOT NULL DEFAULT 0 CHECK (`last_event_at` BETWEEN -2147483648 AND 2147483647),
    `kills_in_life` INTEGER NOT NULL DEFAULT 0 CHECK (`kills_in_life` BETWEEN 0 AND 4294967295),
    `deaths_in_row` INTEGER NOT NULL DEFAULT 0 CHECK (`deaths_in_row` BETWEEN 0 AND 4294967295),
    `map_kills` INTEGER NOT NULL DEFAULT 0 CHECK (`map_kills` BETWEEN 0 AND 4294967295),
    `map_deaths` INTEGER NOT NULL DEFAULT 0 CHECK (`map_deaths` BETWEEN 0 AND 4294967295),
    `map_suicides` INTEGER NOT NULL DEFAULT 0 CHECK (`map_suicides` BETWEEN 0 AND 4294967295),
    `map_headshots` INTEGER NOT NULL DEFAULT 0 CHECK (`map_headshots` BETWEEN 0 AND 4294967295),
    `map_shots` INTEGER NOT NULL DEFAULT 0 CHECK (`map_shots` BETWEEN 0 AND 4294967295),
    `map_hits` INTEGER NOT NULL DEFAULT 0 CHECK (`map_hits` BETWEEN 0 AND 4294967295),
    `skill_change` INTEGER NOT NULL DEFAULT 0 CHECK (`skill_change` BETWEEN -2147483648 AND 2147483647),
    `dead` INTEGER NOT NULL DEFAULT 0 CHECK (`dead` BETWEEN 0 AND 255),
    `bomb` INTEGER NOT NULL DEFAULT 0 CHECK (`bomb` BETWEEN 0 AND 255),
    `ping` INTEGER NOT NULL DEFAULT 0 CHECK (`ping` BETWEEN 0 AND 4294967295),
    `stream` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`stream`) <= 64),
    `received_at` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`received_at`) <= 24),
    PRIMARY KEY (`server_id`, `player_id`)
);

CREATE INDEX `hlstats_Player_Sessions_player` ON `hlstats_Player_Sessions` (`player_id`);

CREATE TABLE `hlstats_Player_Totals` (
    `player_id` INTEGER NOT NULL CHECK (`player_id` BETWEEN 0 AND 4294967295),
    `assists` INTEGER NOT NULL DEFAULT 0 CHECK (`assists` BETWEEN 0 AND 4294967295),
    `flash_assists` INTEGER NOT NULL DEFAULT 0 CHECK (`flash_assists` BETWEEN 0 AND 4294967295),
    PRIMARY KEY (`player_id`)
);

CREATE TABLE `hlstats_Events_Assists` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `victimId` INTEGER NOT NULL DEFAULT 0 CHECK (`victimId` BETWEEN 0 AND 4294967295),
    `flash` INTEGER NOT NULL DEFAULT 0 CHECK (`flash` BETWEEN 0 AND 255)
);

CREATE INDEX `hlstats_Events_Assists_playerId` ON `hlstats_Events_Assists` (`playerId`);

CREATE INDEX `hlstats_Events_Assists_victimId` ON `hlstats_Events_Assists` (`victimId`);

CREATE TABLE `hlstats_Shot_Sources` (
    `service` TEXT COLLATE NOCASE NOT NULL CHECK (length(`service`) <= 32),
    `server_id` INTEGER NOT NULL CHECK (`server_id` BETWEEN 0 AND 4294967295),
    `source` TEXT COLLATE NOCASE NOT NULL CHECK (length(`source`) <= 8),
    PRIMARY KEY (`service`, `server_id`)
);

CREATE TABLE `hlstats_Player_Weapons` (
    `player_id` INTEGER NOT NULL CHECK (`player_id` BETWEEN 0 AND 4294967295),
    `weapon` TEXT COLLATE NOCASE NOT NULL CHECK (length(`weapon`) <= 64),
    `weapon_key` TEXT NOT NULL,
    `kills` INTEGER NOT NULL DEFAULT 0 CHECK (`kills` BETWEEN 0 AND 4294967295),
    `headshots` INTEGER NOT NULL DEFAULT 0 CHECK (`headshots` BETWEEN 0 AND 4294967295),
    `teamkills` INTEGER NOT NULL DEFAULT 0 CHECK (`teamkills` BETWEEN 0 AND 4294967295),
    `deaths` INTEGER NOT NULL DEFAULT 0 CHECK (`deaths` BETWEEN 0 AND 4294967295),
    `shots` INTEGER NOT NULL DEFAULT 0 CHECK (`shots` BETWEEN 0 AND 4294967295),
    `hits` INTEGER NOT NULL DEFAULT 0 CHECK (`hits` BETWEEN 0 AND 4294967295),
    `damage` INTEGER NOT NULL DEFAULT 0 CHECK (`damage` BETWEEN 0 AND 4294967295),
    PRIMARY KEY (`player_id`, `weapon_key`)
);

CREATE TABLE `hlstats_Weapon_Discoveries` (
    `game` TEXT COLLATE NOCASE NOT NULL CHECK (length(`game`) <= 32),
    `code` TEXT COLLATE NOCASE NOT NULL CHECK (length(`code`) <= 64),
    `code_key` TEXT NOT NULL,
    `first_seen` DATETIME NOT NULL,
    PRIMARY KEY (`game`, `code_key`)
);

CREATE TABLE `hlstats_Server_State` (
    `server_id` INTEGER NOT NULL CHECK (`server_id` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `match_number` INTEGER NOT NULL DEFAULT 0 CHECK (`match_number` BETWEEN 0 AND 4294967295),
    `match_open` INTEGER NOT NULL DEFAULT 0 CHECK (`match_open` BETWEEN 0 AND 255),
    `round_number` INTEGER NOT NULL DEFAULT 0 CHECK (`round_number` BETWEEN 0 AND 4294967295),
    `round_open` INTEGER NOT NULL DEFAULT 0 CHECK (`round_open` BETWEEN 0 AND 255),
    `round_won` INTEGER NOT NULL DEFAULT 0 CHECK (`round_won` BETWEEN 0 AND 255),
    `stream` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`stream`) <= 64),
    `received_at` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`received_at`) <= 24),
    PRIMARY KEY (`server_id`)
);

CREATE TABLE `hlstats_Server_Members` (
    `server_id` INTEGER NOT NULL CHECK (`server_id` BETWEEN 0 AND 4294967295),
    `player_id` INTEGER NOT NULL CHECK (`player_id` BETWEEN 0 AND 4294967295),
    `name` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`name`) <= 64),
    `team` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`team`) <= 64),
    `role` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`role`) <= 64),
    `bot` INTEGER NOT NULL DEFAULT 0 CHECK (`bot` BETWEEN 0 AND 255),
    PRIMARY KEY (`server_id`, `player_id`)
);

CREATE TABLE `hlstats_Matches` (
    `server_id` INTEGER NOT NULL CHECK (`server_id` BETWEEN 0 AND 4294967295),
    `number` INTEGER NOT NULL CHECK (`number` BETWEEN 0 AND 4294967295),
    `game` TEXT COLLATE NOCASE NOT NULL CHECK (length(`game`) <= 32),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `started_at` DATETIME NULL,
    `ended_at` DATETIME NULL,
    `rounds` INTEGER NOT NULL DEFAULT 0 CHECK (`rounds` BETWEEN 0 AND 4294967295),
    PRIMARY KEY (`server_id`, `number`)
);

CREATE INDEX `hlstats_Matches_started` ON `hlstats_Matches` (`started_at`);

CREATE TABLE `hlstats_Match_Players` (
    `server_id` INTEGER NOT NULL CHECK (`server_id` BETWEEN 0 AND 4294967295),
    `match_number` INTEGER NOT NULL CHECK (`match_number` BETWEEN 0 AND 4294967295),
    `player_id` INTEGER NOT NULL CHECK (`player_id` BETWEEN 0 AND 4294967295),
    `name` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`name`) <= 64),
    `team` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`team`) <= 64),
    `kills` INTEGER NOT NULL DEFAULT 0 CHECK (`kills` BETWEEN 0 AND 4294967295),
    `deaths` INTEGER NOT NULL DEFAULT 0 CHECK (`deaths` BETWEEN 0 AND 4294967295),
    `headshots` INTEGER NOT NULL DEFAULT 0 CHECK (`headshots` BETWEEN 0 AND 4294967295),
    `teamkills` INTEGER NOT NULL DEFAULT 0 CHECK (`teamkills` BETWEEN 0 AND 4294967295),
    `suicides` INTEGER NOT NULL DEFAULT 0 CHECK (`suicides` BETWEEN 0 AND 4294967295),
    `assists` INTEGER NOT NULL DEFAULT 0 CHECK (`assists` BETWEEN 0 AND 4294967295),
    `mvps` INTEGER NOT NULL DEFAULT 0 CHECK (`mvps` BETWEEN 0 AND 4294967295),
    PRIMARY KEY (`server_id`, `match_number`, `player_id`)
);

CREATE INDEX `hlstats_Match_Players_player` ON `hlstats_Match_Players` (`player_id`);

CREATE TABLE `hlstats_Match_Teams` (
    `server_id` INTEGER NOT NULL CHECK (`server_id` BETWEEN 0 AND 4294967295),
    `match_number` INTEGER NOT NULL CHECK (`match_number` BETWEEN 0 AND 4294967295),
    `team` TEXT COLLATE NOCASE NOT NULL CHECK (length(`team`) <= 64),
    `team_key` TEXT NOT NULL,
    `wins` INTEGER NOT NULL DEFAULT 0 CHECK (`wins` BETWEEN 0 AND 4294967295),
    PRIMARY KEY (`server_id`, `match_number`, `team_key`)
);

CREATE TABLE `hlstats_Rounds` (
    `server_id` INTEGER NOT NULL CHECK (`server_id` BETWEEN 0 AND 4294967295),
    `match_number` INTEGER NOT NULL CHECK (`match_number` BETWEEN 0 AND 4294967295),
    `number` INTEGER NOT NULL CHECK (`number` BETWEEN 0 AND 4294967295),
    `started_at` DATETIME NULL,
    `ended_at` DATETIME NULL,
    `winner` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`winner`) <= 64),
    `reason` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`reason`) <= 128),
    `kills` INTEGER NOT NULL DEFAULT 0 CHECK (`kills` BETWEEN 0 AND 4294967295),
    PRIMARY KEY (`server_id`, `match_number`, `number`)
);

CREATE TABLE `hlstats_Round_Players` (
    `server_id` INTEGER NOT NULL CHECK (`server_id` BETWEEN 0 AND 4294967295),
    `match_number` INTEGER NOT NULL CHECK (`match_number` BETWEEN 0 AND 4294967295),
    `round_number` INTEGER NOT NULL CHECK (`round_number` BETWEEN 0 AND 4294967295),
    `player_id` INTEGER NOT NULL CHECK (`player_id` BETWEEN 0 AND 4294967295),
    `team` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`team`) <= 64),
    `kills` INTEGER NOT NULL DEFAULT 0 CHECK (`kills` BETWEEN 0 AND 4294967295),
    `deaths` INTEGER NOT NULL DEFAULT 0 CHECK (`deaths` BETWEEN 0 AND 4294967295),
    `headshots` INTEGER NOT NULL DEFAULT 0 CHECK (`headshots` BETWEEN 0 AND 4294967295),
    `teamkills` INTEGER NOT NULL DEFAULT 0 CHECK (`teamkills` BETWEEN 0 AND 4294967295),
    `suicides` INTEGER NOT NULL DEFAULT 0 CHECK (`suicides` BETWEEN 0 AND 4294967295),
    `assists` INTEGER NOT NULL DEFAULT 0 CHECK (`assists` BETWEEN 0 AND 4294967295),
    `mvps` INTEGER NOT NULL DEFAULT 0 CHECK (`mvps` BETWEEN 0 AND 4294967295),
    PRIMARY KEY (`server_id`, `match_number`, `round_number`, `player_id`)
);

CREATE INDEX `hlstats_Round_Players_player` ON `hlstats_Round_Players` (`player_id`);

CREATE TABLE `hlstats_Trend_Slots` (
    `game` TEXT COLLATE NOCASE NOT NULL CHECK (length(`game`) <= 32),
    `slot` INTEGER NOT NULL DEFAULT 0 CHECK (`slot` BETWEEN 0 AND 4294967295),
    PRIMARY KEY (`game`)
);

ALTER TABLE `hlstats_Events_Frags` ADD COLUMN `killerSkillChange` INTEGER NULL CHECK (`killerSkillChange` BETWEEN -2147483648 AND 2147483647);

ALTER TABLE `hlstats_Events_Frags` ADD COLUMN `victimSkillChange` INTEGER NULL CHECK (`victimSkillChange` BETWEEN -2147483648 AND 2147483647);

ALTER TABLE `hlstats_Events_Frags` ADD COLUMN `penetrated` INTEGER NULL CHECK (`penetrated` BETWEEN 0 AND 255);

ALTER TABLE `hlstats_Events_Frags` ADD COLUMN `throughSmoke` INTEGER NULL CHECK (`throughSmoke` BETWEEN 0 AND 255);

ALTER TABLE `hlstats_Events_Frags` ADD COLUMN `noScope` INTEGER NULL CHECK (`noScope` BETWEEN 0 AND 255);

ALTER TABLE `hlstats_Events_Frags` ADD COLUMN `attackerBlind` INTEGER NULL CHECK (`attackerBlind` BETWEEN 0 AND 255);
