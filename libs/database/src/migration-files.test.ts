import { describe, expect, it } from 'vitest'
import { statementsOf } from './migration-files.ts'

describe('statementsOf', () => {
  it('splits at semicolons that end a line, and drops comment lines', () => {
    const sql =
      "-- CreateTable; now\nCREATE TABLE a (\n  b CHAR(1) DEFAULT ';' -- c\n) ENGINE=InnoDB;\r\n\nALTER TABLE a DROP b;  \n"
    expect(statementsOf(sql)).toEqual([
      "CREATE TABLE a (\n  b CHAR(1) DEFAULT ';' -- c\n) ENGINE=InnoDB",
      'ALTER TABLE a DROP b',
    ])
  })
})
