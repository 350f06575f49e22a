-- Generated from the migration of the same name in prisma/migrations by `npm run generate`.

CREATE TABLE `geoLiteCity_Blocks` (
    `startIpNum` BIGINT NOT NULL DEFAULT 0 CHECK (`startIpNum` >= 0),
    `endIpNum` BIGINT NOT NULL DEFAULT 0 CHECK (`endIpNum` >= 0),
    `locId` BIGINT NOT NULL DEFAULT 0 CHECK (`locId` >= 0)
);

CREATE TABLE `geoLiteCity_Location` (
    `locId` BIGINT NOT NULL DEFAULT 0 CHECK (`locId` >= 0),
    `country` TEXT COLLATE NOCASE NOT NULL CHECK (length(`country`) <= 2),
    `region` TEXT COLLATE NOCASE NULL CHECK (length(`region`) <= 50),
    `city` TEXT COLLATE NOCASE NULL CHECK (length(`city`) <= 50),
    `postalCode` TEXT COLLATE NOCASE NULL CHECK (length(`postalCode`) <= 10),
    `latitude` DECIMAL NULL,
    `longitude` DECIMAL NULL,
    PRIMARY KEY (`locId`)
);

CREATE TABLE `hlstats_Actions` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `game` TEXT COLLATE NOCASE NOT NULL DEFAULT 'valve' CHECK (length(`game`) <= 32),
    `code` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`code`) <= 64),
    `code_key` TEXT NOT NULL,
    `reward_player` INTEGER NOT NULL DEFAULT 10 CHECK (`reward_player` BETWEEN -2147483648 AND 2147483647),
    `reward_team` INTEGER NOT NULL DEFAULT 0 CHECK (`reward_team` BETWEEN -2147483648 AND 2147483647),
    `team` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`team`) <= 64),
    `team_key` TEXT NOT NULL,
    `description` TEXT COLLATE NOCASE NULL CHECK (length(`description`) <= 128),
    `for_PlayerActions` TEXT NOT NULL DEFAULT '0' CHECK (`for_PlayerActions` IN ('0','1')),
    `for_PlayerPlayerActions` TEXT NOT NULL DEFAULT '0' CHECK (`for_PlayerPlayerActions` IN ('0','1')),
    `for_TeamActions` TEXT NOT NULL DEFAULT '0' CHECK (`for_TeamActions` IN ('0','1')),
    `for_WorldActions` TEXT NOT NULL DEFAULT '0' CHECK (`for_WorldActions` IN ('0','1')),
    `count` INTEGER NOT NULL DEFAULT 0 CHECK (`count` BETWEEN 0 AND 4294967295)
);

CREATE UNIQUE INDEX `hlstats_Actions_gamecode` ON `hlstats_Actions` (`code_key`, `game`, `team_key`);

CREATE INDEX `hlstats_Actions_code` ON `hlstats_Actions` (`code`);

CREATE TABLE `hlstats_Awards` (
    `awardId` INTEGER PRIMARY KEY AUTOINCREMENT,
    `awardType` TEXT COLLATE NOCASE NOT NULL DEFAULT 'W' CHECK (length(`awardType`) <= 1),
    `game` TEXT COLLATE NOCASE NOT NULL DEFAULT 'valve' CHECK (length(`game`) <= 32),
    `code` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`code`) <= 128),
    `name` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`name`) <= 128),
    `verb` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`verb`) <= 128),
    `d_winner_id` INTEGER NULL CHECK (`d_winner_id` BETWEEN 0 AND 4294967295),
    `d_winner_count` INTEGER NULL CHECK (`d_winner_count` BETWEEN 0 AND 4294967295),
    `g_winner_id` INTEGER NULL CHECK (`g_winner_id` BETWEEN 0 AND 4294967295),
    `g_winner_count` INTEGER NULL CHECK (`g_winner_count` BETWEEN 0 AND 4294967295)
);

CREATE UNIQUE INDEX `hlstats_Awards_code` ON `hlstats_Awards` (`game`, `awardType`, `code`);

CREATE TABLE `hlstats_Clans` (
    `clanId` INTEGER PRIMARY KEY AUTOINCREMENT,
    `tag` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`tag`) <= 64),
    `tag_key` TEXT NOT NULL,
    `name` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`name`) <= 128),
    `homepage` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`homepage`) <= 64),
    `game` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`game`) <= 32),
    `hidden` INTEGER NOT NULL DEFAULT 0 CHECK (`hidden` BETWEEN 0 AND 255),
    `mapregion` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`mapregion`) <= 128)
);

CREATE UNIQUE INDEX `hlstats_Clans_tag` ON `hlstats_Clans` (`game`, `tag_key`);

CREATE INDEX `hlstats_Clans_game` ON `hlstats_Clans` (`game`);

CREATE TABLE `hlstats_ClanTags` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `pattern` TEXT COLLATE NOCASE NOT NULL CHECK (length(`pattern`) <= 64),
    `position` TEXT NOT NULL DEFAULT 'EITHER' CHECK (`position` IN ('EITHER','START','END'))
);

CREATE UNIQUE INDEX `hlstats_ClanTags_pattern` ON `hlstats_ClanTags` (`pattern`);

CREATE TABLE `hlstats_Countries` (
    `flag` TEXT COLLATE NOCASE NOT NULL CHECK (length(`flag`) <= 16),
    `name` TEXT COLLATE NOCASE NOT NULL CHECK (length(`name`) <= 50),
    PRIMARY KEY (`flag`)
);

CREATE TABLE `hlstats_Events_Admin` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `type` TEXT COLLATE NOCASE NOT NULL DEFAULT 'Unknown' CHECK (length(`type`) <= 64),
    `message` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`message`) <= 255),
    `playerName` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`playerName`) <= 64)
);

CREATE TABLE `hlstats_Events_ChangeName` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `oldName` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`oldName`) <= 64),
    `newName` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`newName`) <= 64)
);

CREATE INDEX `hlstats_Events_ChangeName_playerId` ON `hlstats_Events_ChangeName` (`playerId`);

CREATE TABLE `hlstats_Events_ChangeRole` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `role` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`role`) <= 64)
);

CREATE INDEX `hlstats_Events_ChangeRole_playerId` ON `hlstats_Events_ChangeRole` (`playerId`);

CREATE TABLE `hlstats_Events_ChangeTeam` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `team` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`team`) <= 64)
);

CREATE INDEX `hlstats_Events_ChangeTeam_playerId` ON `hlstats_Events_ChangeTeam` (`playerId`);

CREATE TABLE `hlstats_Events_Chat` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `message_mode` INTEGER NOT NULL DEFAULT 0 CHECK (`message_mode` BETWEEN -128 AND 127),
    `message` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`message`) <= 128)
);

CREATE INDEX `hlstats_Events_Chat_playerId` ON `hlstats_Events_Chat` (`playerId`);

CREATE INDEX `hlstats_Events_Chat_serverId` ON `hlstats_Events_Chat` (`serverId`);

CREATE TABLE `hlstats_Events_Connects` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `ipAddress` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`ipAddress`) <= 32),
    `hostname` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`hostname`) <= 255),
    `hostgroup` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`hostgroup`) <= 255),
    `eventTime_Disconnect` DATETIME NULL
);

CREATE INDEX `hlstats_Events_Connects_playerId` ON `hlstats_Events_Connects` (`playerId`);

CREATE TABLE `hlstats_Events_Disconnects` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295)
);

CREATE TABLE `hlstats_Events_Entries` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295)
);

CREATE INDEX `hlstats_Events_Entries_playerId` ON `hlstats_Events_Entries` (`playerId`);

CREATE TABLE `hlstats_Events_Frags` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `killerId` INTEGER NOT NULL DEFAULT 0 CHECK (`killerId` BETWEEN 0 AND 4294967295),
    `victimId` INTEGER NOT NULL DEFAULT 0 CHECK (`victimId` BETWEEN 0 AND 4294967295),
    `weapon` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`weapon`) <= 64),
    `headshot` BOOLEAN NOT NULL DEFAULT 0 CHECK (`headshot` IN (0, 1)),
    `killerRole` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`killerRole`) <= 64),
    `victimRole` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`victimRole`) <= 64),
    `pos_x` INTEGER NULL CHECK (`pos_x` BETWEEN -8388608 AND 8388607),
    `pos_y` INTEGER NULL CHECK (`pos_y` BETWEEN -8388608 AND 8388607),
    `pos_z` INTEGER NULL CHECK (`pos_z` BETWEEN -8388608 AND 8388607),
    `pos_victim_x` INTEGER NULL CHECK (`pos_victim_x` BETWEEN -8388608 AND 8388607),
    `pos_victim_y` INTEGER NULL CHECK (`pos_victim_y` BETWEEN -8388608 AND 8388607),
    `pos_victim_z` INTEGER NULL CHECK (`pos_victim_z` BETWEEN -8388608 AND 8388607)
);

CREATE INDEX `hlstats_Events_Frags_headshot` ON `hlstats_Events_Frags` (`headshot`);

CREATE INDEX `hlstats_Events_Frags_killerId` ON `hlstats_Events_Frags` (`killerId`);

CREATE INDEX `hlstats_Events_Frags_killerRole` ON `hlstats_Events_Frags` (`killerRole`);

CREATE INDEX `hlstats_Events_Frags_map` ON `hlstats_Events_Frags` (`map`);

CREATE INDEX `hlstats_Events_Frags_serverId` ON `hlstats_Events_Frags` (`serverId`);

CREATE INDEX `hlstats_Events_Frags_victimId` ON `hlstats_Events_Frags` (`victimId`);

CREATE INDEX `hlstats_Events_Frags_weapon16` ON `hlstats_Events_Frags` (`weapon`);

CREATE TABLE `hlstats_Events_Latency` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `ping` INTEGER NOT NULL DEFAULT 0 CHECK (`ping` BETWEEN 0 AND 4294967295)
);

CREATE INDEX `hlstats_Events_Latency_playerId` ON `hlstats_Events_Latency` (`playerId`);

CREATE TABLE `hlstats_Events_PlayerActions` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `actionId` INTEGER NOT NULL DEFAULT 0 CHECK (`actionId` BETWEEN 0 AND 4294967295),
    `bonus` INTEGER NOT NULL DEFAULT 0 CHECK (`bonus` BETWEEN -2147483648 AND 2147483647),
    `pos_x` INTEGER NULL CHECK (`pos_x` BETWEEN -8388608 AND 8388607),
    `pos_y` INTEGER NULL CHECK (`pos_y` BETWEEN -8388608 AND 8388607),
    `pos_z` INTEGER NULL CHECK (`pos_z` BETWEEN -8388608 AND 8388607)
);

CREATE INDEX `hlstats_Events_PlayerActions_actionId` ON `hlstats_Events_PlayerActions` (`actionId`);

CREATE INDEX `hlstats_Events_PlayerActions_playerId` ON `hlstats_Events_PlayerActions` (`playerId`);

CREATE TABLE `hlstats_Events_PlayerPlayerActions` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `victimId` INTEGER NOT NULL DEFAULT 0 CHECK (`victimId` BETWEEN 0 AND 4294967295),
    `actionId` INTEGER NOT NULL DEFAULT 0 CHECK (`actionId` BETWEEN 0 AND 4294967295),
    `bonus` INTEGER NOT NULL DEFAULT 0 CHECK (`bonus` BETWEEN -2147483648 AND 2147483647),
    `pos_x` INTEGER NULL CHECK (`pos_x` BETWEEN -8388608 AND 8388607),
    `pos_y` INTEGER NULL CHECK (`pos_y` BETWEEN -8388608 AND 8388607),
    `pos_z` INTEGER NULL CHECK (`pos_z` BETWEEN -8388608 AND 8388607),
    `pos_victim_x` INTEGER NULL CHECK (`pos_victim_x` BETWEEN -8388608 AND 8388607),
    `pos_victim_y` INTEGER NULL CHECK (`pos_victim_y` BETWEEN -8388608 AND 8388607),
    `pos_victim_z` INTEGER NULL CHECK (`pos_victim_z` BETWEEN -8388608 AND 8388607)
);

CREATE INDEX `hlstats_Events_PlayerPlayerActions_actionId` ON `hlstats_Events_PlayerPlayerActions` (`actionId`);

CREATE INDEX `hlstats_Events_PlayerPlayerActions_playerId` ON `hlstats_Events_PlayerPlayerActions` (`playerId`);

CREATE INDEX `hlstats_Events_PlayerPlayerActions_victimId` ON `hlstats_Events_PlayerPlayerActions` (`victimId`);

CREATE TABLE `hlstats_Events_Rcon` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `type` TEXT COLLATE NOCASE NOT NULL DEFAULT 'UNK' CHECK (length(`type`) <= 6),
    `remoteIp` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`remoteIp`) <= 32),
    `password` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`password`) <= 128),
    `command` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`command`) <= 255)
);

CREATE TABLE `hlstats_Events_Statsme` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `weapon` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`weapon`) <= 64),
    `shots` INTEGER NOT NULL DEFAULT 0 CHECK (`shots` BETWEEN 0 AND 4294967295),
    `hits` INTEGER NOT NULL DEFAULT 0 CHECK (`hits` BETWEEN 0 AND 4294967295),
    `headshots` INTEGER NOT NULL DEFAULT 0 CHECK (`headshots` BETWEEN 0 AND 4294967295),
    `damage` INTEGER NOT NULL DEFAULT 0 CHECK (`damage` BETWEEN 0 AND 4294967295),
    `kills` INTEGER NOT NULL DEFAULT 0 CHECK (`kills` BETWEEN 0 AND 4294967295),
    `deaths` INTEGER NOT NULL DEFAULT 0 CHECK (`deaths` BETWEEN 0 AND 4294967295)
);

CREATE INDEX `hlstats_Events_Statsme_playerId` ON `hlstats_Events_Statsme` (`playerId`);

CREATE INDEX `hlstats_Events_Statsme_weapon` ON `hlstats_Events_Statsme` (`weapon`);

CREATE TABLE `hlstats_Events_Statsme2` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `weapon` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`weapon`) <= 64),
    `head` INTEGER NOT NULL DEFAULT 0 CHECK (`head` BETWEEN 0 AND 4294967295),
    `chest` INTEGER NOT NULL DEFAULT 0 CHECK (`chest` BETWEEN 0 AND 4294967295),
    `stomach` INTEGER NOT NULL DEFAULT 0 CHECK (`stomach` BETWEEN 0 AND 4294967295),
    `leftarm` INTEGER NOT NULL DEFAULT 0 CHECK (`leftarm` BETWEEN 0 AND 4294967295),
    `rightarm` INTEGER NOT NULL DEFAULT 0 CHECK (`rightarm` BETWEEN 0 AND 4294967295),
    `leftleg` INTEGER NOT NULL DEFAULT 0 CHECK (`leftleg` BETWEEN 0 AND 4294967295),
    `rightleg` INTEGER NOT NULL DEFAULT 0 CHECK (`rightleg` BETWEEN 0 AND 4294967295)
);

CREATE INDEX `hlstats_Events_Statsme2_playerId` ON `hlstats_Events_Statsme2` (`playerId`);

CREATE INDEX `hlstats_Events_Statsme2_weapon` ON `hlstats_Events_Statsme2` (`weapon`);

CREATE TABLE `hlstats_Events_StatsmeLatency` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `ping` INTEGER NOT NULL DEFAULT 0 CHECK (`ping` BETWEEN 0 AND 4294967295)
);

CREATE INDEX `hlstats_Events_StatsmeLatency_playerId` ON `hlstats_Events_StatsmeLatency` (`playerId`);

CREATE TABLE `hlstats_Events_StatsmeTime` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `time` TIME NOT NULL DEFAULT '00:00:00'
);

CREATE INDEX `hlstats_Events_StatsmeTime_playerId` ON `hlstats_Events_StatsmeTime` (`playerId`);

CREATE TABLE `hlstats_Events_Suicides` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `weapon` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`weapon`) <= 64),
    `pos_x` INTEGER NULL CHECK (`pos_x` BETWEEN -8388608 AND 8388607),
    `pos_y` INTEGER NULL CHECK (`pos_y` BETWEEN -8388608 AND 8388607),
    `pos_z` INTEGER NULL CHECK (`pos_z` BETWEEN -8388608 AND 8388607)
);

CREATE INDEX `hlstats_Events_Suicides_playerId` ON `hlstats_Events_Suicides` (`playerId`);

CREATE TABLE `hlstats_Events_TeamBonuses` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `actionId` INTEGER NOT NULL DEFAULT 0 CHECK (`actionId` BETWEEN 0 AND 4294967295),
    `bonus` INTEGER NOT NULL DEFAULT 0 CHECK (`bonus` BETWEEN -2147483648 AND 2147483647)
);

CREATE INDEX `hlstats_Events_TeamBonuses_actionId` ON `hlstats_Events_TeamBonuses` (`actionId`);

CREATE INDEX `hlstats_Events_TeamBonuses_playerId` ON `hlstats_Events_TeamBonuses` (`playerId`);

CREATE TABLE `hlstats_Events_Teamkills` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `eventTime` DATETIME NULL,
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`map`) <= 64),
    `killerId` INTEGER NOT NULL DEFAULT 0 CHECK (`killerId` BETWEEN 0 AND 4294967295),
    `victimId` INTEGER NOT NULL DEFAULT 0 CHECK (`victimId` BETWEEN 0 AND 4294967295),
    `weapon` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`weapon`) <= 64),
    `pos_x` INTEGER NULL CHECK (`pos_x` BETWEEN -8388608 AND 8388607),
    `pos_y` INTEGER NULL CHECK (`pos_y` BETWEEN -8388608 AND 8388607),
    `pos_z` INTEGER NULL CHECK (`pos_z` BETWEEN -8388608 AND 8388607),
    `pos_victim_x` INTEGER NULL CHECK (`pos_victim_x` BETWEEN -8388608 AND 8388607),
    `pos_victim_y` INTEGER NULL CHECK (`pos_victim_y` BETWEEN -8388608 AND 8388607),
    `pos_victim_z` INTEGER NULL CHECK (`pos_victim_z` BETWEEN -8388608 AND 8388607)
);

CREATE INDEX `hlstats_Events_Teamkills_killerId` ON `hlstats_Events_Teamkills` (`killerId`);

CREATE TABLE `hlstats_Games` (
    `code` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`code`) <= 32),
    `name` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`name`) <= 128),
    `hidden` TEXT NOT NULL DEFAULT '0' CHECK (`hidden` IN ('0','1')),
    `realgame` TEXT COLLATE NOCASE NOT NULL DEFAULT 'hl2mp' CHECK (length(`realgame`) <= 32),
    PRIMARY KEY (`code`)
);

CREATE TABLE `hlstats_Games_Defaults` (
    `code` TEXT COLLATE NOCASE NOT NULL CHECK (length(`code`) <= 32),
    `parameter` TEXT COLLATE NOCASE NOT NULL CHECK (length(`parameter`) <= 50),
    `value` TEXT COLLATE NOCASE NOT NULL CHECK (length(`value`) <= 128),
    PRIMARY KEY (`code`, `parameter`)
);

CREATE TABLE `hlstats_Games_Supported` (
    `code` TEXT COLLATE NOCASE NOT NULL CHECK (length(`code`) <= 32),
    `name` TEXT COLLATE NOCASE NOT NULL CHECK (length(`name`) <= 128),
    PRIMARY KEY (`code`)
);

CREATE TABLE `hlstats_Heatmap_Config` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `map` TEXT COLLATE NOCASE NOT NULL CHECK (length(`map`) <= 64),
    `game` TEXT COLLATE NOCASE NOT NULL CHECK (length(`game`) <= 32),
    `xoffset` FLOAT NOT NULL,
    `yoffset` FLOAT NOT NULL,
    `flipx` BOOLEAN NOT NULL DEFAULT 0 CHECK (`flipx` IN (0, 1)),
    `flipy` BOOLEAN NOT NULL DEFAULT 1 CHECK (`flipy` IN (0, 1)),
    `rotate` BOOLEAN NOT NULL DEFAULT 0 CHECK (`rotate` IN (0, 1)),
    `days` INTEGER NOT NULL DEFAULT 30 CHECK (`days` BETWEEN -128 AND 127),
    `brush` TEXT COLLATE NOCASE NOT NULL DEFAULT 'small' CHECK (length(`brush`) <= 5),
    `scale` FLOAT NOT NULL,
    `font` INTEGER NOT NULL DEFAULT 10 CHECK (`font` BETWEEN -128 AND 127),
    `thumbw` FLOAT NOT NULL DEFAULT 0.170312,
    `thumbh` FLOAT NOT NULL DEFAULT 0.170312,
    `cropx1` INTEGER NOT NULL DEFAULT 0 CHECK (`cropx1` BETWEEN -2147483648 AND 2147483647),
    `cropy1` INTEGER NOT NULL DEFAULT 0 CHECK (`cropy1` BETWEEN -2147483648 AND 2147483647),
    `cropx2` INTEGER NOT NULL DEFAULT 0 CHECK (`cropx2` BETWEEN -2147483648 AND 2147483647),
    `cropy2` INTEGER NOT NULL DEFAULT 0 CHECK (`cropy2` BETWEEN -2147483648 AND 2147483647)
);

CREATE UNIQUE INDEX `hlstats_Heatmap_Config_gamemap` ON `hlstats_Heatmap_Config` (`map`, `game`);

CREATE TABLE `hlstats_HostGroups` (
    `id` INTEGER PRIMARY KEY AUTOINCREMENT,
    `pattern` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`pattern`) <= 255),
    `name` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`name`) <= 255)
);

CREATE TABLE `hlstats_Livestats` (
    `player_id` INTEGER NOT NULL DEFAULT 0 CHECK (`player_id` BETWEEN -2147483648 AND 2147483647),
    `server_id` INTEGER NOT NULL DEFAULT 0 CHECK (`server_id` BETWEEN -2147483648 AND 2147483647),
    `cli_address` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`cli_address`) <= 32),
    `cli_city` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`cli_city`) <= 64),
    `cli_country` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`cli_country`) <= 64),
    `cli_flag` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`cli_flag`) <= 16),
    `cli_state` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`cli_state`) <= 64),
    `cli_lat` FLOAT NULL,
    `cli_lng` FLOAT NULL,
    `steam_id` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`steam_id`) <= 64),
    `name` TEXT COLLATE NOCASE NOT NULL CHECK (length(`name`) <= 64),
    `team` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`team`) <= 64),
    `kills` INTEGER NOT NULL DEFAULT 0 CHECK (`kills` BETWEEN -2147483648 AND 2147483647),
    `deaths` INTEGER NOT NULL DEFAULT 0 CHECK (`deaths` BETWEEN -2147483648 AND 2147483647),
    `suicides` INTEGER NOT NULL DEFAULT 0 CHECK (`suicides` BETWEEN -2147483648 AND 2147483647),
    `headshots` INTEGER NOT NULL DEFAULT 0 CHECK (`headshots` BETWEEN -2147483648 AND 2147483647),
    `shots` INTEGER NOT NULL DEFAULT 0 CHECK (`shots` BETWEEN -2147483648 AND 2147483647),
    `hits` INTEGER NOT NULL DEFAULT 0 CHECK (`hits` BETWEEN -2147483648 AND 2147483647),
    `is_dead` BOOLEAN NOT NULL DEFAULT 0 CHECK (`is_dead` IN (0, 1)),
    `has_bomb` INTEGER NOT NULL DEFAULT 0 CHECK (`has_bomb` BETWEEN -2147483648 AND 2147483647),
    `ping` INTEGER NOT NULL DEFAULT 0 CHECK (`ping` BETWEEN -2147483648 AND 2147483647),
    `connected` INTEGER NOT NULL DEFAULT 0 CHECK (`connected` BETWEEN -2147483648 AND 2147483647),
    `skill_change` INTEGER NOT NULL DEFAULT 0 CHECK (`skill_change` BETWEEN -2147483648 AND 2147483647),
    `skill` INTEGER NOT NULL DEFAULT 0 CHECK (`skill` BETWEEN -2147483648 AND 2147483647),
    PRIMARY KEY (`player_id`)
);

CREATE TABLE `hlstats_Maps_Counts` (
    `rowId` INTEGER PRIMARY KEY AUTOINCREMENT,
    `game` TEXT COLLATE NOCASE NOT NULL CHECK (length(`game`) <= 32),
    `map` TEXT COLLATE NOCASE NOT NULL CHECK (length(`map`) <= 64),
    `map_key` TEXT NOT NULL,
    `kills` INTEGER NOT NULL CHECK (`kills` BETWEEN -2147483648 AND 2147483647),
    `headshots` INTEGER NOT NULL CHECK (`headshots` BETWEEN -2147483648 AND 2147483647)
);

CREATE UNIQUE INDEX `hlstats_Maps_Counts_PRIMARY` ON `hlstats_Maps_Counts` (`game`, `map_key`);

CREATE TABLE `hlstats_Mods_Defaults` (
    `code` TEXT COLLATE NOCASE NOT NULL CHECK (length(`code`) <= 32),
    `parameter` TEXT COLLATE NOCASE NOT NULL CHECK (length(`parameter`) <= 50),
    `value` TEXT COLLATE NOCASE NOT NULL CHECK (length(`value`) <= 128),
    PRIMARY KEY (`code`, `parameter`)
);

CREATE TABLE `hlstats_Mods_Supported` (
    `code` TEXT COLLATE NOCASE NOT NULL CHECK (length(`code`) <= 32),
    `name` TEXT COLLATE NOCASE NOT NULL CHECK (length(`name`) <= 128),
    PRIMARY KEY (`code`)
);

CREATE TABLE `hlstats_Options` (
    `keyname` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`keyname`) <= 32),
    `value` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`value`) <= 128),
    `opttype` INTEGER NOT NULL DEFAULT 1 CHECK (`opttype` BETWEEN -128 AND 127),
    PRIMARY KEY (`keyname`)
);

CREATE INDEX `hlstats_Options_opttype` ON `hlstats_Options` (`opttype`);

CREATE TABLE `hlstats_Options_Choices` (
    `keyname` TEXT COLLATE NOCASE NOT NULL CHECK (length(`keyname`) <= 32),
    `value` TEXT COLLATE NOCASE NOT NULL CHECK (length(`value`) <= 128),
    `text` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`text`) <= 128),
    `isDefault` BOOLEAN NOT NULL DEFAULT 0 CHECK (`isDefault` IN (0, 1)),
    PRIMARY KEY (`keyname`, `value`)
);

CREATE INDEX `hlstats_Options_Choices_keyname` ON `hlstats_Options_Choices` (`keyname`);

CREATE TABLE `hlstats_PlayerNames` (
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `name` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`name`) <= 64),
    `name_key` TEXT NOT NULL,
    `lastuse` DATETIME NULL,
    `connection_time` INTEGER NOT NULL DEFAULT 0 CHECK (`connection_time` BETWEEN 0 AND 4294967295),
    `numuses` INTEGER NOT NULL DEFAULT 0 CHECK (`numuses` BETWEEN 0 AND 4294967295),
    `kills` INTEGER NOT NULL DEFAULT 0 CHECK (`kills` BETWEEN 0 AND 4294967295),
    `deaths` INTEGER NOT NULL DEFAULT 0 CHECK (`deaths` BETWEEN 0 AND 4294967295),
    `suicides` INTEGER NOT NULL DEFAULT 0 CHECK (`suicides` BETWEEN 0 AND 4294967295),
    `headshots` INTEGER NOT NULL DEFAULT 0 CHECK (`headshots` BETWEEN 0 AND 4294967295),
    `shots` INTEGER NOT NULL DEFAULT 0 CHECK (`shots` BETWEEN 0 AND 4294967295),
    `hits` INTEGER NOT NULL DEFAULT 0 CHECK (`hits` BETWEEN 0 AND 4294967295),
    PRIMARY KEY (`playerId`, `name_key`)
);

CREATE INDEX `hlstats_PlayerNames_name16` ON `hlstats_PlayerNames` (`name`);

CREATE TABLE `hlstats_Players` (
    `playerId` INTEGER PRIMARY KEY AUTOINCREMENT,
    `last_event` INTEGER NOT NULL DEFAULT 0 CHECK (`last_event` BETWEEN -2147483648 AND 2147483647),
    `connection_time` INTEGER NOT NULL DEFAULT 0 CHECK (`connection_time` BETWEEN 0 AND 4294967295),
    `lastName` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`lastName`) <= 64),
    `lastAddress` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`lastAddress`) <= 32),
    `city` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`city`) <= 64),
    `state` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`state`) <= 64),
    `country` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`country`) <= 64),
    `flag` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`flag`) <= 16),
    `lat` FLOAT NULL,
    `lng` FLOAT NULL,
    `clan` INTEGER NOT NULL DEFAULT 0 CHECK (`clan` BETWEEN 0 AND 4294967295),
    `kills` INTEGER NOT NULL DEFAULT 0 CHECK (`kills` BETWEEN 0 AND 4294967295),
    `deaths` INTEGER NOT NULL DEFAULT 0 CHECK (`deaths` BETWEEN 0 AND 4294967295),
    `suicides` INTEGER NOT NULL DEFAULT 0 CHECK (`suicides` BETWEEN 0 AND 4294967295),
    `skill` INTEGER NOT NULL DEFAULT 1000 CHECK (`skill` BETWEEN 0 AND 4294967295),
    `shots` INTEGER NOT NULL DEFAULT 0 CHECK (`shots` BETWEEN 0 AND 4294967295),
    `hits` INTEGER NOT NULL DEFAULT 0 CHECK (`hits` BETWEEN 0 AND 4294967295),
    `teamkills` INTEGER NOT NULL DEFAULT 0 CHECK (`teamkills` BETWEEN 0 AND 4294967295),
    `fullName` TEXT COLLATE NOCASE NULL CHECK (length(`fullName`) <= 128),
    `email` TEXT COLLATE NOCASE NULL CHECK (length(`email`) <= 64),
    `homepage` TEXT COLLATE NOCASE NULL CHECK (length(`homepage`) <= 64),
    `icq` INTEGER NULL CHECK (`icq` BETWEEN 0 AND 4294967295),
    `mmrank` INTEGER NULL CHECK (`mmrank` BETWEEN -128 AND 127),
    `game` TEXT COLLATE NOCASE NOT NULL CHECK (length(`game`) <= 32),
    `hideranking` INTEGER NOT NULL DEFAULT 0 CHECK (`hideranking` BETWEEN 0 AND 4294967295),
    `headshots` INTEGER NOT NULL DEFAULT 0 CHECK (`headshots` BETWEEN 0 AND 4294967295),
    `last_skill_change` INTEGER NOT NULL DEFAULT 0 CHECK (`last_skill_change` BETWEEN -2147483648 AND 2147483647),
    `displayEvents` INTEGER NOT NULL DEFAULT 1 CHECK (`displayEvents` BETWEEN 0 AND 4294967295),
    `kill_streak` INTEGER NOT NULL DEFAULT 0 CHECK (`kill_streak` BETWEEN -2147483648 AND 2147483647),
    `death_streak` INTEGER NOT NULL DEFAULT 0 CHECK (`death_streak` BETWEEN -2147483648 AND 2147483647),
    `blockavatar` INTEGER NOT NULL DEFAULT 0 CHECK (`blockavatar` BETWEEN 0 AND 4294967295),
    `activity` INTEGER NOT NULL DEFAULT 100 CHECK (`activity` BETWEEN -2147483648 AND 2147483647),
    `createdate` INTEGER NOT NULL DEFAULT 0 CHECK (`createdate` BETWEEN -2147483648 AND 2147483647)
);

CREATE INDEX `hlstats_Players_game` ON `hlstats_Players` (`game`);

CREATE INDEX `hlstats_Players_hideranking` ON `hlstats_Players` (`hideranking`);

CREATE INDEX `hlstats_Players_kills` ON `hlstats_Players` (`kills`);

CREATE INDEX `hlstats_Players_playerclan` ON `hlstats_Players` (`clan`, `playerId`);

CREATE INDEX `hlstats_Players_skill` ON `hlstats_Players` (`skill`);

CREATE TABLE `hlstats_Players_Awards` (
    `awardTime` DATE NOT NULL,
    `awardId` INTEGER NOT NULL DEFAULT 0 CHECK (`awardId` BETWEEN 0 AND 4294967295),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `count` INTEGER NOT NULL DEFAULT 0 CHECK (`count` BETWEEN 0 AND 4294967295),
    `game` TEXT COLLATE NOCASE NOT NULL CHECK (length(`game`) <= 32),
    PRIMARY KEY (`awardTime`, `awardId`, `playerId`, `game`)
);

CREATE TABLE `hlstats_Players_History` (
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `eventTime` DATE NULL,
    `connection_time` INTEGER NOT NULL DEFAULT 0 CHECK (`connection_time` BETWEEN 0 AND 4294967295),
    `kills` INTEGER NOT NULL DEFAULT 0 CHECK (`kills` BETWEEN 0 AND 4294967295),
    `deaths` INTEGER NOT NULL DEFAULT 0 CHECK (`deaths` BETWEEN 0 AND 4294967295),
    `suicides` INTEGER NOT NULL DEFAULT 0 CHECK (`suicides` BETWEEN 0 AND 4294967295),
    `skill` INTEGER NOT NULL DEFAULT 1000 CHECK (`skill` BETWEEN 0 AND 4294967295),
    `shots` INTEGER NOT NULL DEFAULT 0 CHECK (`shots` BETWEEN 0 AND 4294967295),
    `hits` INTEGER NOT NULL DEFAULT 0 CHECK (`hits` BETWEEN 0 AND 4294967295),
    `game` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`game`) <= 32),
    `headshots` INTEGER NOT NULL DEFAULT 0 CHECK (`headshots` BETWEEN 0 AND 4294967295),
    `teamkills` INTEGER NOT NULL DEFAULT 0 CHECK (`teamkills` BETWEEN 0 AND 4294967295),
    `kill_streak` INTEGER NOT NULL DEFAULT 0 CHECK (`kill_streak` BETWEEN -2147483648 AND 2147483647),
    `death_streak` INTEGER NOT NULL DEFAULT 0 CHECK (`death_streak` BETWEEN -2147483648 AND 2147483647),
    `skill_change` INTEGER NOT NULL DEFAULT 0 CHECK (`skill_change` BETWEEN -2147483648 AND 2147483647)
);

CREATE UNIQUE INDEX `hlstats_Players_History_eventTime` ON `hlstats_Players_History` (`eventTime`, `playerId`, `game`);

CREATE INDEX `hlstats_Players_History_playerId` ON `hlstats_Players_History` (`playerId`);

CREATE TABLE `hlstats_Players_Ribbons` (
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `ribbonId` INTEGER NOT NULL DEFAULT 0 CHECK (`ribbonId` BETWEEN 0 AND 4294967295),
    `game` TEXT COLLATE NOCASE NOT NULL CHECK (length(`game`) <= 32)
);

CREATE TABLE `hlstats_PlayerUniqueIds` (
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN 0 AND 4294967295),
    `uniqueId` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`uniqueId`) <= 64),
    `uniqueId_key` TEXT NOT NULL,
    `game` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`game`) <= 32),
    `merge` INTEGER NULL CHECK (`merge` BETWEEN 0 AND 4294967295),
    PRIMARY KEY (`uniqueId_key`, `game`)
);

CREATE INDEX `hlstats_PlayerUniqueIds_playerId` ON `hlstats_PlayerUniqueIds` (`playerId`);

CREATE TABLE `hlstats_Ranks` (
    `rankId` INTEGER PRIMARY KEY AUTOINCREMENT,
    `image` TEXT COLLATE NOCASE NOT NULL CHECK (length(`image`) <= 30),
    `minKills` INTEGER NOT NULL DEFAULT 0 CHECK (`minKills` BETWEEN 0 AND 4294967295),
    `maxKills` INTEGER NOT NULL DEFAULT 0 CHECK (`maxKills` BETWEEN -2147483648 AND 2147483647),
    `rankName` TEXT COLLATE NOCASE NOT NULL CHECK (length(`rankName`) <= 50),
    `game` TEXT COLLATE NOCASE NOT NULL CHECK (length(`game`) <= 32)
);

CREATE UNIQUE INDEX `hlstats_Ranks_rankgame` ON `hlstats_Ranks` (`image`, `game`);

CREATE INDEX `hlstats_Ranks_game` ON `hlstats_Ranks` (`game`);

CREATE TABLE `hlstats_Ribbons` (
    `ribbonId` INTEGER PRIMARY KEY AUTOINCREMENT,
    `awardCode` TEXT COLLATE NOCASE NOT NULL CHECK (length(`awardCode`) <= 50),
    `awardCount` INTEGER NOT NULL DEFAULT 0 CHECK (`awardCount` BETWEEN -2147483648 AND 2147483647),
    `special` INTEGER NOT NULL DEFAULT 0 CHECK (`special` BETWEEN -128 AND 127),
    `game` TEXT COLLATE NOCASE NOT NULL CHECK (length(`game`) <= 32),
    `image` TEXT COLLATE NOCASE NOT NULL CHECK (length(`image`) <= 50),
    `ribbonName` TEXT COLLATE NOCASE NOT NULL CHECK (length(`ribbonName`) <= 50)
);

CREATE UNIQUE INDEX `hlstats_Ribbons_award` ON `hlstats_Ribbons` (`awardCode`, `awardCount`, `game`, `special`);

CREATE TABLE `hlstats_Roles` (
    `roleId` INTEGER PRIMARY KEY AUTOINCREMENT,
    `game` TEXT COLLATE NOCASE NOT NULL DEFAULT 'valve' CHECK (length(`game`) <= 32),
    `code` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`code`) <= 64),
    `code_key` TEXT NOT NULL,
    `name` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`name`) <= 64),
    `hidden` TEXT NOT NULL DEFAULT '0' CHECK (`hidden` IN ('0','1')),
    `picked` INTEGER NOT NULL DEFAULT 0 CHECK (`picked` BETWEEN 0 AND 4294967295),
    `kills` INTEGER NOT NULL DEFAULT 0 CHECK (`kills` BETWEEN 0 AND 4294967295),
    `deaths` INTEGER NOT NULL DEFAULT 0 CHECK (`deaths` BETWEEN 0 AND 4294967295)
);

CREATE UNIQUE INDEX `hlstats_Roles_gamecode` ON `hlstats_Roles` (`game`, `code_key`);

CREATE TABLE `hlstats_server_load` (
    `server_id` INTEGER NOT NULL DEFAULT 0 CHECK (`server_id` BETWEEN -2147483648 AND 2147483647),
    `timestamp` INTEGER NOT NULL DEFAULT 0 CHECK (`timestamp` BETWEEN -2147483648 AND 2147483647),
    `act_players` INTEGER NOT NULL DEFAULT 0 CHECK (`act_players` BETWEEN -128 AND 127),
    `min_players` INTEGER NOT NULL DEFAULT 0 CHECK (`min_players` BETWEEN -128 AND 127),
    `max_players` INTEGER NOT NULL DEFAULT 0 CHECK (`max_players` BETWEEN -128 AND 127),
    `map` TEXT COLLATE NOCASE NULL CHECK (length(`map`) <= 64),
    `uptime` TEXT COLLATE NOCASE NOT NULL DEFAULT '0' CHECK (length(`uptime`) <= 10),
    `fps` TEXT COLLATE NOCASE NOT NULL DEFAULT '0' CHECK (length(`fps`) <= 10)
);

CREATE INDEX `hlstats_server_load_server_id` ON `hlstats_server_load` (`server_id`);

CREATE INDEX `hlstats_server_load_timestamp` ON `hlstats_server_load` (`timestamp`);

CREATE TABLE `hlstats_Servers` (
    `serverId` INTEGER PRIMARY KEY AUTOINCREMENT,
    `address` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`address`) <= 32),
    `port` INTEGER NOT NULL DEFAULT 0 CHECK (`port` BETWEEN 0 AND 4294967295),
    `name` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`name`) <= 255),
    `sortorder` INTEGER NOT NULL DEFAULT 0 CHECK (`sortorder` BETWEEN -128 AND 127),
    `game` TEXT COLLATE NOCASE NOT NULL DEFAULT 'valve' CHECK (length(`game`) <= 32),
    `publicaddress` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`publicaddress`) <= 128),
    `statusurl` TEXT COLLATE NOCASE NULL CHECK (length(`statusurl`) <= 255),
    `rcon_password` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`rcon_password`) <= 128),
    `kills` INTEGER NOT NULL DEFAULT 0 CHECK (`kills` BETWEEN -2147483648 AND 2147483647),
    `players` INTEGER NOT NULL DEFAULT 0 CHECK (`players` BETWEEN -2147483648 AND 2147483647),
    `rounds` INTEGER NOT NULL DEFAULT 0 CHECK (`rounds` BETWEEN -2147483648 AND 2147483647),
    `suicides` INTEGER NOT NULL DEFAULT 0 CHECK (`suicides` BETWEEN -2147483648 AND 2147483647),
    `headshots` INTEGER NOT NULL DEFAULT 0 CHECK (`headshots` BETWEEN -2147483648 AND 2147483647),
    `bombs_planted` INTEGER NOT NULL DEFAULT 0 CHECK (`bombs_planted` BETWEEN -2147483648 AND 2147483647),
    `bombs_defused` INTEGER NOT NULL DEFAULT 0 CHECK (`bombs_defused` BETWEEN -2147483648 AND 2147483647),
    `ct_wins` INTEGER NOT NULL DEFAULT 0 CHECK (`ct_wins` BETWEEN -2147483648 AND 2147483647),
    `ts_wins` INTEGER NOT NULL DEFAULT 0 CHECK (`ts_wins` BETWEEN -2147483648 AND 2147483647),
    `act_players` INTEGER NOT NULL DEFAULT 0 CHECK (`act_players` BETWEEN -2147483648 AND 2147483647),
    `max_players` INTEGER NOT NULL DEFAULT 0 CHECK (`max_players` BETWEEN -2147483648 AND 2147483647),
    `act_map` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`act_map`) <= 64),
    `map_rounds` INTEGER NOT NULL DEFAULT 0 CHECK (`map_rounds` BETWEEN -2147483648 AND 2147483647),
    `map_ct_wins` INTEGER NOT NULL DEFAULT 0 CHECK (`map_ct_wins` BETWEEN -2147483648 AND 2147483647),
    `map_ts_wins` INTEGER NOT NULL DEFAULT 0 CHECK (`map_ts_wins` BETWEEN -2147483648 AND 2147483647),
    `map_started` INTEGER NOT NULL DEFAULT 0 CHECK (`map_started` BETWEEN -2147483648 AND 2147483647),
    `map_changes` INTEGER NOT NULL DEFAULT 0 CHECK (`map_changes` BETWEEN -2147483648 AND 2147483647),
    `ct_shots` INTEGER NOT NULL DEFAULT 0 CHECK (`ct_shots` BETWEEN -2147483648 AND 2147483647),
    `ct_hits` INTEGER NOT NULL DEFAULT 0 CHECK (`ct_hits` BETWEEN -2147483648 AND 2147483647),
    `ts_shots` INTEGER NOT NULL DEFAULT 0 CHECK (`ts_shots` BETWEEN -2147483648 AND 2147483647),
    `ts_hits` INTEGER NOT NULL DEFAULT 0 CHECK (`ts_hits` BETWEEN -2147483648 AND 2147483647),
    `map_ct_shots` INTEGER NOT NULL DEFAULT 0 CHECK (`map_ct_shots` BETWEEN -2147483648 AND 2147483647),
    `map_ct_hits` INTEGER NOT NULL DEFAULT 0 CHECK (`map_ct_hits` BETWEEN -2147483648 AND 2147483647),
    `map_ts_shots` INTEGER NOT NULL DEFAULT 0 CHECK (`map_ts_shots` BETWEEN -2147483648 AND 2147483647),
    `map_ts_hits` INTEGER NOT NULL DEFAULT 0 CHECK (`map_ts_hits` BETWEEN -2147483648 AND 2147483647),
    `lat` FLOAT NULL,
    `lng` FLOAT NULL,
    `city` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`city`) <= 64),
    `country` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`country`) <= 64),
    `last_event` INTEGER NOT NULL DEFAULT 0 CHECK (`last_event` BETWEEN 0 AND 4294967295)
);

CREATE UNIQUE INDEX `hlstats_Servers_addressport` ON `hlstats_Servers` (`address`, `port`);

CREATE TABLE `hlstats_Servers_Config` (
    `serverId` INTEGER NOT NULL DEFAULT 0 CHECK (`serverId` BETWEEN 0 AND 4294967295),
    `parameter` TEXT COLLATE NOCASE NOT NULL CHECK (length(`parameter`) <= 50),
    `value` TEXT COLLATE NOCASE NOT NULL CHECK (length(`value`) <= 128),
    `serverConfigId` INTEGER PRIMARY KEY AUTOINCREMENT
);

CREATE UNIQUE INDEX `hlstats_Servers_Config_PRIMARY` ON `hlstats_Servers_Config` (`serverId`, `parameter`);

CREATE TABLE `hlstats_Servers_Config_Default` (
    `parameter` TEXT COLLATE NOCASE NOT NULL CHECK (length(`parameter`) <= 50),
    `value` TEXT COLLATE NOCASE NOT NULL CHECK (length(`value`) <= 128),
    `description` TEXT COLLATE NOCASE NULL,
    PRIMARY KEY (`parameter`)
);

CREATE TABLE `hlstats_Servers_VoiceComm` (
    `serverId` INTEGER PRIMARY KEY AUTOINCREMENT,
    `name` TEXT COLLATE NOCASE NOT NULL CHECK (length(`name`) <= 128),
    `addr` TEXT COLLATE NOCASE NOT NULL CHECK (length(`addr`) <= 128),
    `password` TEXT COLLATE NOCASE NULL CHECK (length(`password`) <= 128),
    `descr` TEXT COLLATE NOCASE NULL CHECK (length(`descr`) <= 255),
    `queryPort` INTEGER NOT NULL DEFAULT 51234 CHECK (`queryPort` BETWEEN 0 AND 4294967295),
    `UDPPort` INTEGER NOT NULL DEFAULT 8767 CHECK (`UDPPort` BETWEEN 0 AND 4294967295),
    `serverType` INTEGER NOT NULL DEFAULT 0 CHECK (`serverType` BETWEEN -128 AND 127)
);

CREATE UNIQUE INDEX `hlstats_Servers_VoiceComm_address` ON `hlstats_Servers_VoiceComm` (`addr`, `UDPPort`, `queryPort`);

CREATE TABLE `hlstats_Teams` (
    `teamId` INTEGER PRIMARY KEY AUTOINCREMENT,
    `game` TEXT COLLATE NOCASE NOT NULL DEFAULT 'valve' CHECK (length(`game`) <= 32),
    `code` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`code`) <= 64),
    `name` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`name`) <= 64),
    `hidden` TEXT NOT NULL DEFAULT '0' CHECK (`hidden` IN ('0','1')),
    `playerlist_bgcolor` TEXT COLLATE NOCASE NULL CHECK (length(`playerlist_bgcolor`) <= 7),
    `playerlist_color` TEXT COLLATE NOCASE NULL CHECK (length(`playerlist_color`) <= 7),
    `playerlist_index` INTEGER NOT NULL DEFAULT 0 CHECK (`playerlist_index` BETWEEN 0 AND 255)
);

CREATE UNIQUE INDEX `hlstats_Teams_gamecode` ON `hlstats_Teams` (`game`, `code`);

CREATE TABLE `hlstats_Trend` (
    `timestamp` INTEGER NOT NULL DEFAULT 0 CHECK (`timestamp` BETWEEN -2147483648 AND 2147483647),
    `game` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`game`) <= 32),
    `players` INTEGER NOT NULL DEFAULT 0 CHECK (`players` BETWEEN -2147483648 AND 2147483647),
    `kills` INTEGER NOT NULL DEFAULT 0 CHECK (`kills` BETWEEN -2147483648 AND 2147483647),
    `headshots` INTEGER NOT NULL DEFAULT 0 CHECK (`headshots` BETWEEN -2147483648 AND 2147483647),
    `servers` INTEGER NOT NULL DEFAULT 0 CHECK (`servers` BETWEEN -2147483648 AND 2147483647),
    `act_slots` INTEGER NOT NULL DEFAULT 0 CHECK (`act_slots` BETWEEN -2147483648 AND 2147483647),
    `max_slots` INTEGER NOT NULL DEFAULT 0 CHECK (`max_slots` BETWEEN -2147483648 AND 2147483647)
);

CREATE INDEX `hlstats_Trend_game` ON `hlstats_Trend` (`game`);

CREATE INDEX `hlstats_Trend_timestamp` ON `hlstats_Trend` (`timestamp`);

CREATE TABLE `hlstats_Users` (
    `username` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`username`) <= 16),
    `password` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`password`) <= 32),
    `acclevel` INTEGER NOT NULL DEFAULT 0 CHECK (`acclevel` BETWEEN -2147483648 AND 2147483647),
    `playerId` INTEGER NOT NULL DEFAULT 0 CHECK (`playerId` BETWEEN -2147483648 AND 2147483647),
    PRIMARY KEY (`username`)
);

CREATE TABLE `hlstats_Weapons` (
    `weaponId` INTEGER PRIMARY KEY AUTOINCREMENT,
    `game` TEXT COLLATE NOCASE NOT NULL DEFAULT 'valve' CHECK (length(`game`) <= 32),
    `code` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`code`) <= 64),
    `code_key` TEXT NOT NULL,
    `name` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`name`) <= 128),
    `modifier` FLOAT NOT NULL DEFAULT 1.00,
    `kills` INTEGER NOT NULL DEFAULT 0 CHECK (`kills` BETWEEN 0 AND 4294967295),
    `headshots` INTEGER NOT NULL DEFAULT 0 CHECK (`headshots` BETWEEN 0 AND 4294967295)
);

CREATE UNIQUE INDEX `hlstats_Weapons_gamecode` ON `hlstats_Weapons` (`game`, `code_key`);

CREATE INDEX `hlstats_Weapons_code` ON `hlstats_Weapons` (`code`);

CREATE INDEX `hlstats_Weapons_modifier` ON `hlstats_Weapons` (`modifier`);
