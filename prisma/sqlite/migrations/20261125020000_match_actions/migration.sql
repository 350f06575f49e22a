-- Generated from the migration of the same name in prisma/migrations by `npm run generate`.

CREATE TABLE `hlstats_Match_Actions` (
    `server_id` INTEGER NOT NULL CHECK (`server_id` BETWEEN 0 AND 4294967295),
    `match_number` INTEGER NOT NULL CHECK (`match_number` BETWEEN 0 AND 4294967295),
    `player_id` INTEGER NOT NULL CHECK (`player_id` BETWEEN 0 AND 4294967295),
    `action` TEXT COLLATE NOCASE NOT NULL CHECK (length(`action`) <= 64),
    `action_key` TEXT NOT NULL,
    `times` INTEGER NOT NULL DEFAULT 0 CHECK (`times` BETWEEN 0 AND 4294967295),
    PRIMARY KEY (`server_id`, `match_number`, `player_id`, `action_key`)
);

CREATE INDEX `hlstats_Match_Actions_player` ON `hlstats_Match_Actions` (`player_id`);
