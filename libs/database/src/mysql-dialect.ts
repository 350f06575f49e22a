import type { Dialect } from './dialect.ts'
import { insertMissingStatement, insertStatement, selectStatement, updateStatement } from './statements.ts'

/** MySQL and MariaDB: what our statements are written for. */
export const mysqlDialect: Dialect = {
  provider: 'mysql',
  insert: insertStatement,
  insertMissing: (table, keyName, rows) => [insertMissingStatement(table, keyName, rows)],
  select: selectStatement,
  update: updateStatement,
  // MySQL tells the first number; how many rows there were plays no part.
  firstInserted: 'SELECT LAST_INSERT_ID() AS id, @@auto_increment_increment AS step, ? AS `rows`',
  columnsOf:
    'SELECT column_name AS name, column_key AS `key`, extra FROM information_schema.columns ' +
    'WHERE table_schema = DATABASE() AND BINARY table_name = ? ORDER BY ordinal_position',
  snapshot: [
    'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ',
    'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY',
  ],
  sql: (text) => text,
  parameter: (value) => value,
}
