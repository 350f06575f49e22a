import { describe, expect, it } from 'vitest'
import { sqliteText } from './sqlite-text.ts'

describe('a statement written for MySQL', () => {
  it.each([
    ['SELECT a FROM t WHERE id = ? FOR UPDATE', 'SELECT a FROM t WHERE id = ?'],
    ['INSERT IGNORE INTO t (a) VALUES (?)', 'INSERT OR IGNORE INTO t (a) VALUES (?)'],
    [
      'INSERT INTO t (a, b) VALUES (?, ?) ON DUPLICATE KEY UPDATE b = VALUES(b), c = c + 1',
      'INSERT INTO t (a, b) VALUES (?, ?) ON CONFLICT DO UPDATE SET b = excluded.b, c = c + 1',
    ],
    ['SELECT 1 FROM t WHERE a <=> ?', 'SELECT 1 FROM t WHERE a IS ?'],
    ['SELECT GREATEST(a, b), LEAST(SUM(a), SUM(b))', 'SELECT max(a, b), min(SUM(a), SUM(b))'],
    [
      'SELECT LAST_INSERT_ID() AS id, IF(a IS NULL, 1, 2)',
      'SELECT last_insert_rowid() AS id, iif(a IS NULL, 1, 2)',
    ],
    ['UPDATE t SET a = CURRENT_TIMESTAMP(3)', "UPDATE t SET a = strftime('%Y-%m-%d %H:%M:%f', 'now')"],
  ])('%s', (mysql, sqlite) => {
    expect(sqliteText(mysql)).toBe(sqlite)
  })

  it('stays as it is where both say the same', () => {
    const sql = 'SELECT DIFF(a), `values`, valuesof(b) FROM t WHERE a = ? ORDER BY b LIMIT ?'
    expect(sqliteText(sql)).toBe(sql)
  })
})
