-- CreateTable
CREATE TABLE `hlstats_Server_Networks` (
    `network` VARCHAR(18) NOT NULL,
    `game` VARCHAR(32) NOT NULL,
    PRIMARY KEY (`network`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
