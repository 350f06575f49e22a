-- CreateTable
CREATE TABLE `hlstats_Server_Keys` (
    `server_id` INT UNSIGNED NOT NULL,
    `kind` VARCHAR(16) NOT NULL,
    `digest` CHAR(64) NOT NULL,
    PRIMARY KEY (`server_id`, `kind`),
    UNIQUE INDEX `digest` (`kind`, `digest`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
