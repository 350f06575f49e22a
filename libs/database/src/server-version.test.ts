import { describe, expect, it } from 'vitest'
import { requireServerVersion } from './server-version.ts'

describe('requireServerVersion', () => {
  it.each([
    '10.11.19-MariaDB-0+deb12u1',
    '10.6.0-MariaDB',
    '5.5.5-10.11.6-MariaDB',
    '11.4.2-MariaDB',
    '8.0.19',
    '9.1.0',
  ])('accepts %s', (version) => {
    expect(requireServerVersion(version)).toBeUndefined()
  })

  it.each([
    ['10.5.29-MariaDB', 'MariaDB 10.5.29'],
    ['5.5.5-10.3.1-MariaDB', 'MariaDB 10.3.1'],
    ['5.7.44-log', 'MySQL 5.7.44'],
    ['8.0.18', 'MySQL 8.0.18'],
  ])('refuses %s by name', (version, named) => {
    expect(() => requireServerVersion(version)).toThrow(named)
  })
})
