-- Generated from the migration of the same name in prisma/migrations by `npm run generate`.

CREATE TABLE `hlstats_Server_Networks` (
    `network` TEXT COLLATE NOCASE NOT NULL CHECK (length(`network`) <= 18),
    `game` TEXT COLLATE NOCASE NOT NULL CHECK (length(`game`) <= 32),
    PRIMARY KEY (`network`)
);
