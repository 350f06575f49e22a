-- Generated from the migration of the same name in prisma/migrations by `npm run generate`.

CREATE TABLE `hlstats_Server_Keys` (
    `server_id` INTEGER NOT NULL CHECK (`server_id` BETWEEN 0 AND 4294967295),
    `kind` TEXT COLLATE NOCASE NOT NULL CHECK (length(`kind`) <= 16),
    `digest` TEXT COLLATE NOCASE NOT NULL CHECK (length(`digest`) <= 64),
    PRIMARY KEY (`server_id`, `kind`)
);

CREATE UNIQUE INDEX `hlstats_Server_Keys_digest` ON `hlstats_Server_Keys` (`kind`, `digest`);
