-- Generated from the migration of the same name in prisma/migrations by `npm run generate`.

ALTER TABLE `hlstats_Server_State` ADD COLUMN `match_played` INTEGER NOT NULL DEFAULT 0 CHECK (`match_played` BETWEEN 0 AND 255);

ALTER TABLE `hlstats_Server_State` ADD COLUMN `match_started_at` INTEGER NOT NULL DEFAULT 0 CHECK (`match_started_at` BETWEEN 0 AND 4294967295);

ALTER TABLE `hlstats_Server_State` ADD COLUMN `phase` TEXT COLLATE NOCASE NOT NULL DEFAULT 'live' CHECK (length(`phase`) <= 8);

ALTER TABLE `hlstats_Server_State` ADD COLUMN `external_id` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`external_id`) <= 64);

ALTER TABLE `hlstats_Server_State` ADD COLUMN `round_started_at` INTEGER NOT NULL DEFAULT 0 CHECK (`round_started_at` BETWEEN 0 AND 4294967295);

ALTER TABLE `hlstats_Matches` ADD COLUMN `duration_seconds` INTEGER NULL CHECK (`duration_seconds` BETWEEN 0 AND 4294967295);

ALTER TABLE `hlstats_Matches` ADD COLUMN `finished` INTEGER NOT NULL DEFAULT 0 CHECK (`finished` BETWEEN 0 AND 255);

ALTER TABLE `hlstats_Matches` ADD COLUMN `external_id` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`external_id`) <= 64);

CREATE INDEX `hlstats_Matches_external` ON `hlstats_Matches`(`external_id`);

ALTER TABLE `hlstats_Match_Players` ADD COLUMN `damage` INTEGER NOT NULL DEFAULT 0 CHECK (`damage` BETWEEN 0 AND 4294967295);

ALTER TABLE `hlstats_Match_Players` ADD COLUMN `utility_damage` INTEGER NOT NULL DEFAULT 0 CHECK (`utility_damage` BETWEEN 0 AND 4294967295);

ALTER TABLE `hlstats_Match_Players` ADD COLUMN `enemies_flashed` INTEGER NOT NULL DEFAULT 0 CHECK (`enemies_flashed` BETWEEN 0 AND 4294967295);

ALTER TABLE `hlstats_Match_Teams` ADD COLUMN `score` INTEGER NULL CHECK (`score` BETWEEN 0 AND 4294967295);

ALTER TABLE `hlstats_Match_Teams` ADD COLUMN `name` TEXT COLLATE NOCASE NOT NULL DEFAULT '' CHECK (length(`name`) <= 64);

ALTER TABLE `hlstats_Rounds` ADD COLUMN `duration_seconds` INTEGER NULL CHECK (`duration_seconds` BETWEEN 0 AND 4294967295);

CREATE TABLE `hlstats_Round_Scores` (
    `server_id` INTEGER NOT NULL CHECK (`server_id` BETWEEN 0 AND 4294967295),
    `match_number` INTEGER NOT NULL CHECK (`match_number` BETWEEN 0 AND 4294967295),
    `round_number` INTEGER NOT NULL CHECK (`round_number` BETWEEN 0 AND 4294967295),
    `team` TEXT COLLATE NOCASE NOT NULL CHECK (length(`team`) <= 64),
    `team_key` TEXT NOT NULL,
    `score` INTEGER NOT NULL DEFAULT 0 CHECK (`score` BETWEEN 0 AND 4294967295),
    PRIMARY KEY (`server_id`, `match_number`, `round_number`, `team_key`)
);
