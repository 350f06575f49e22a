import { describe, expect, it } from 'vitest'
import { adminMessage, isOwnAddress, rconCommands } from './admin-log.ts'

describe('a message of an admin mod', () => {
  it('is filed under the name that HLstatsX:CE has for who speaks', () => {
    const types = ['basechat.smx', 'admin.amxx', 'MANI_ADMIN_PLUGIN', 'BeetlesMod', 'Other'].map(
      (source) => adminMessage(source, 'text').type,
    )
    expect(types).toEqual([
      'Sourcemod (basechat)',
      'AMXX (admin)',
      'Mani Admin Plugin',
      'Beetles Mod',
      'Other',
    ])
  })

  it('is the command alone where the mod names who gave it', () => {
    expect(adminMessage('ADMIN', 'ADMIN Command: Al used command slap Bo')).toEqual({
      type: 'Admin Mod',
      message: 'slap Bo',
    })
    expect(adminMessage('ADMIN', 'loaded').message).toBe('loaded')
  })

  it('fits its columns, by whole characters', () => {
    const { type, message } = adminMessage(`${'x'.repeat(90)}.smx`, '😀'.repeat(300))
    expect([...type].length).toBe(64)
    expect([...message].length).toBe(255)
    expect(message.isWellFormed()).toBe(true)
  })
})

describe('commands to a server', () => {
  it('are one each, without empty ones', () => {
    expect(rconCommands('mp_warmup_start; mp_pause_match;')).toEqual(['mp_warmup_start', 'mp_pause_match'])
    expect(rconCommands('')).toEqual([''])
  })

  it('come from the machine itself by the loopback or its own address', () => {
    expect(isOwnAddress('127.0.0.1', '192.0.2.1')).toBe(true)
    expect(isOwnAddress('192.0.2.1', '192.0.2.1')).toBe(true)
    expect(isOwnAddress('192.0.2.7', '192.0.2.1')).toBe(false)
    expect(isOwnAddress('', '')).toBe(false)
  })
})
