import { expect, it } from 'vitest'
import { CODES } from './index.ts'

const HEAD = `# Errors

Every error has a code; logs, metrics and parked events show it. *Retry* may pass by itself: the batch is tried again,
in order, until it does. *Park* never does: the event is kept in \`hlstats_Parked\` with its reason and the stream goes on.

This page is made from \`libs/errors/src/codes.ts\`: \`npm run generate-docs\` writes it, a test compares it.

| Code | What happens | What it means |
|---|---|---|
`

it('docs/errors.md lists exactly the codes of codes.ts, each with its disposition and text', async () => {
  const rows = Object.entries(CODES)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, [disposition, text]]) => `| \`${code}\` | ${disposition} | ${text} |\n`)
  await expect(HEAD + rows.join('')).toMatchFileSnapshot('../../../docs/errors.md')
})
