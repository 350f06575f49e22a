export const FOLDED: Readonly<Record<string, readonly string[]>>
export function sqliteFiles(root: string): Map<string, string>
export function sqliteSchema(schema: string): string
export function sqliteMigration(sql: string): string
