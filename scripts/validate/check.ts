/** What a check found: problems, or the reason why it could not be made on this machine. */
export interface Outcome {
  readonly name: string
  readonly problems: readonly string[]
  readonly skipped?: string
}

/** A check of files below `root`, which is the project, or a copy of it with an error planted. */
export type Check = (root: string) => Promise<readonly Outcome[]>

/** Paths of all values in a document, for checks that look for a key or a reference wherever it stands. */
export function* walk(value: unknown, path = ''): Generator<{ path: string; key: string; value: unknown }> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    const here = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`
    yield { path: here, key, value: inner }
    yield* walk(inner, here)
  }
}
