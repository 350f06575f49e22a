import { expect, it } from 'vitest'
import { type LogText, openSettings, playLog, stamped } from '../play-log-of-test.ts'

function bansIn(texts: readonly LogText[]) {
  return playLog(stamped(texts), openSettings()).flatMap(({ eventType, data }) =>
    eventType === 'PLAYER_BAN' ? [data] : [],
  )
}

it('tells bans by id with their term, and nothing where no term is logged', () => {
  const al = 'Al<2><STEAM_1:0:111><>'
  expect(
    bansIn([
      `Banid: "${al}" was kicked and banned "permanently" by "Console"`,
      `Banid: "${al}" was banned "for 30.00 minutes" by "Console"`,
      `Banid: "${al}" was kicked and banned by "Console"`,
      'Banid: "Bo<3><BOT><>" was banned "permanently" by "Console"',
      'Banid: "Cy<4><STEAM_ID_PENDING><>" was banned "permanently" by "Console"',
    ]),
  ).toMatchObject([
    { player: { uniqueId: '0:111' }, minutes: 0, source: 'banid' },
    { player: { uniqueId: '0:111' }, minutes: 30, source: 'banid' },
  ])
})

it('reads a ban from the reason to disconnect, whether the player was there or not', () => {
  const leave = (reason: string) => `"Al<2><STEAM_1:0:111><>" disconnected (reason "${reason}")`
  const steambans = 'Kicked by Console :  You have been banned, visit www.steambans.com for information.'
  expect(
    bansIn([
      leave('VAC banned from secure server'),
      '"Al<2><STEAM_1:0:111><CT>" say "hi"',
      leave('VAC banned from secure server'),
      leave(steambans),
      leave('Disconnect by user.'),
    ]),
  ).toMatchObject([
    { player: { uniqueId: '0:111' }, minutes: 0, source: 'vac' },
    { minutes: 0, source: 'vac' },
    { minutes: 0, source: 'steambans' },
  ])
})
