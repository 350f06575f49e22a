import { expect, it } from 'vitest'
import { isAtLeast } from './broker-version.ts'

it.each([
  ['4.3.0', true],
  ['4.10.1', true],
  ['5.0.0', true],
  ['4.2.9', false],
  ['3.13.7', false],
  ['', false],
])('%j is 4.3 or later: %j', (version, expected) => {
  expect(isAtLeast(version, 4, 3)).toBe(expected)
})
