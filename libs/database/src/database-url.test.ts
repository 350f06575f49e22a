import { describe, expect, it } from 'vitest'
import { parseDatabaseUrl } from './database-url.ts'

const messageOf = (text: string): string => {
  try {
    parseDatabaseUrl(text)
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  return 'accepted'
}

describe('parseDatabaseUrl', () => {
  it('reads host, port, user, password and database', () => {
    expect(parseDatabaseUrl('mysql://gor%40don:cr%2Fow@db.example:3307/hlstats')).toEqual({
      host: 'db.example',
      port: 3307,
      user: 'gor@don',
      password: 'cr/ow',
      database: 'hlstats',
    })
  })

  it('takes mariadb://, an IPv6 host, a socket and TLS', () => {
    expect(parseDatabaseUrl('mariadb://root@[::1]/hlstats?socket=/run/db.sock&ssl=unverified')).toMatchObject(
      {
        host: '::1',
        port: 3306,
        password: '',
        socketPath: '/run/db.sock',
        ssl: { rejectUnauthorized: false },
      },
    )
    expect(parseDatabaseUrl('mysql://root@h/d?ssl=true').ssl).toBe(true)
    expect(parseDatabaseUrl('mysql://root@h/d?ssl=false')).not.toHaveProperty('ssl')
  })

  it.each([
    ['hlstats', /is not a URL/],
    ['postgres://u:secret@h/d', /protocol postgres:/],
    ['mysql://u:secret@h', /names no database/],
    ['mysql://u:secret@h/a/b', /names the database "a\/b"/],
    ['mysql://u:secret@h/d?pool=5', /setting pool; known are socket, ssl/],
    ['mysql://u:secret@h/d?ssl=maybe', /ssl=maybe/],
    ['mysql://%ZZ:secret@h/d', /user with a wrong %-escape/],
  ])('refuses %s with the remedy and without the password', (text, problem) => {
    expect(messageOf(text)).toMatch(problem)
    expect(messageOf(text)).toContain('mysql://user:password@host:3306/hlstats')
    expect(messageOf(text)).not.toContain('secret')
  })
})
