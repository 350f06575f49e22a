/** A row of the tag list: in the pattern `A` is any character, `X` an optional one, the rest is literal. */
export interface ClanTagPattern {
  readonly id: number
  readonly pattern: string
  readonly position: 'EITHER' | 'START' | 'END'
}

export interface ClanTag {
  /** The text in the player's name, brackets included. */
  readonly tag: string
  /** The tag's first run of letters and digits. */
  readonly name: string
}

export type ClanTagMatcher = (playerName: string) => ClanTag | undefined

/** Longer patterns win, then older ones; a tag must leave at least one character of the name. */
export function clanTagMatcher(patterns: readonly ClanTagPattern[]): ClanTagMatcher {
  const expressions = [...patterns]
    .sort((a, b) => b.pattern.length - a.pattern.length || a.id - b.id)
    .flatMap(({ pattern, position }) => {
      const body = expressionOf(pattern)
      const start = new RegExp(`^(?<tag>${body}).+`, 'isu')
      const end = new RegExp(`.+(?<tag>${body})$`, 'isu')
      return position === 'START' ? [start] : position === 'END' ? [end] : [start, end]
    })
  return (playerName) => {
    for (const expression of expressions) {
      const groups = expression.exec(playerName)?.groups
      if (groups?.tag !== undefined) return { tag: groups.tag, name: groups.name ?? groups.tag }
    }
    return undefined
  }
}

function expressionOf(pattern: string): string {
  const run = /[A-Za-z0-9][A-Za-z0-9_]*/.exec(pattern)
  if (run === null) return charactersOf(pattern)
  const before = pattern.slice(0, run.index)
  const after = pattern.slice(run.index + run[0].length)
  return `${charactersOf(before)}(?<name>${charactersOf(run[0])})${charactersOf(after)}`
}

function charactersOf(pattern: string): string {
  return [...pattern]
    .map((c) => (c === 'A' ? '.' : c === 'X' ? '.?' : c.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')))
    .join('')
}
