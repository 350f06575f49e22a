import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { repositoryRoot } from '@hlstats/testkit'
import { describe, expect, it } from 'vitest'

// A test in the last column of a table: its file, and maybe words of the titles that are meant.
const NAMED = /`([\w.-]+\.test\.ts)`(?:(?: \([\w/-]+\))?: ([^;|]+))?/g

const text = readFileSync(join(repositoryRoot, 'docs/delivery.md'), 'utf8')
const files = new Map(
  globSync('{libs,services,cli,e2e}/**/*.test.ts', {
    cwd: repositoryRoot,
    exclude: (path) => basename(path) === 'node_modules',
  }).map((path) => [basename(path), path]),
)
const named = [...text.matchAll(NAMED)].map(([, file = '', words = '']) => ({ file, words: words.trim() }))

describe('docs/delivery.md', () => {
  it('names a test for each point where an event could be lost, doubled or reordered', () => {
    const section = text.slice(text.indexOf('## Where an event could'), text.indexOf('## Replicas'))
    const rows = section.split('\n').filter((line) => /^\| (?!Where|-)/.test(line))
    expect(rows.length).toBeGreaterThan(30)
    expect(rows.filter((row) => !/\.test\.ts`/.test(row.split(' | ').at(-1) ?? ''))).toEqual([])
  })

  it('names only tests that exist', () => {
    const missing = named.filter(({ file, words }) => {
      const path = files.get(file)
      if (path === undefined) return true
      const source = readFileSync(join(repositoryRoot, path), 'utf8')
      return !words.split(', ').every((part) => source.includes(part))
    })
    expect(missing).toEqual([])
  })

  it('has a row for each test of a fault', () => {
    const faults = [...files.keys()].filter((file) => files.get(file)?.startsWith('e2e/faults/') === true)
    expect(faults.filter((file) => !named.some((test) => test.file === file))).toEqual([])
  })
})
