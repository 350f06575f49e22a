-- AlterTable
ALTER TABLE `hlstats_Server_State`
    ADD COLUMN `match_played` TINYINT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN `match_started_at` INT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN `phase` VARCHAR(8) NOT NULL DEFAULT 'live',
    ADD COLUMN `external_id` VARCHAR(64) NOT NULL DEFAULT '',
    ADD COLUMN `round_started_at` INT UNSIGNED NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE `hlstats_Matches`
    ADD COLUMN `duration_seconds` INT UNSIGNED NULL,
    ADD COLUMN `finished` TINYINT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN `external_id` VARCHAR(64) NOT NULL DEFAULT '';

-- CreateIndex
CREATE INDEX `external` ON `hlstats_Matches`(`external_id`);

-- AlterTable
ALTER TABLE `hlstats_Match_Players`
    ADD COLUMN `damage` INT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN `utility_damage` INT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN `enemies_flashed` INT UNSIGNED NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE `hlstats_Match_Teams`
    ADD COLUMN `score` INT UNSIGNED NULL,
    ADD COLUMN `name` VARCHAR(64) NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE `hlstats_Rounds`
    ADD COLUMN `duration_seconds` INT UNSIGNED NULL;

-- CreateTable
CREATE TABLE `hlstats_Round_Scores` (
    `server_id` INT UNSIGNED NOT NULL,
    `match_number` INT UNSIGNED NOT NULL,
    `round_number` INT UNSIGNED NOT NULL,
    `team` VARCHAR(64) NOT NULL,
    `score` INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (`server_id`, `match_number`, `round_number`, `team`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
