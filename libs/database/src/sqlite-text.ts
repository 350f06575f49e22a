// The few things that our statements say in MySQL's words. Values are never part of a statement's text, and no literal
// in one holds these words.
const WORDS: readonly (readonly [RegExp, string])[] = [
  // One writer: whoever has begun a unit has locked everything.
  [/ FOR UPDATE\b/g, ''],
  [/\bINSERT IGNORE\b/g, 'INSERT OR IGNORE'],
  [/\bON DUPLICATE KEY UPDATE\b/g, 'ON CONFLICT DO UPDATE SET'],
  [/\bVALUES\((\w+)\)/g, 'excluded.$1'],
  [
    /\bCURRENT_TIMESTAMP\(3\) - INTERVAL \? MICROSECOND\b/g,
    "strftime('%Y-%m-%d %H:%M:%f', 'now', '-' || (? / 1000000.0) || ' seconds')",
  ],
  [/\bCURRENT_TIMESTAMP\(3\)/g, "strftime('%Y-%m-%d %H:%M:%f', 'now')"],
  [/\bLAST_INSERT_ID\(\)/g, 'last_insert_rowid()'],
  [/<=>/g, 'IS'],
  [/\bGREATEST\(/g, 'max('],
  [/\bLEAST\(/g, 'min('],
  [/\bIF\(/g, 'iif('],
]

const known = new Map<string, string>()
const KNOWN_STATEMENTS = 1_000

/** A statement written for MySQL as SQLite takes it. */
export function sqliteText(sql: string): string {
  const before = known.get(sql)
  if (before !== undefined) return before
  const text = WORDS.reduce((result, [word, ours]) => result.replaceAll(word, ours), sql)
  // Texts differ by their number of rows too: there is no end of them.
  if (known.size >= KNOWN_STATEMENTS) known.clear()
  known.set(sql, text)
  return text
}
