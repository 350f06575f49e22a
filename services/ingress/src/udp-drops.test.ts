import { describe, expect, it } from 'vitest'
import { dropsOf } from './udp-drops.ts'

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  123: 00000000:6B6C 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 54321 2 ffff8880 17
  456: 0100007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 11111 2 ffff8881 3
`

describe('drops of the kernel', () => {
  it('are those of the port', () => {
    expect(dropsOf(TABLE, 27_500)).toBe(17)
  })

  it('are not known for a port that nobody has bound', () => {
    expect(dropsOf(TABLE, 27_501)).toBeUndefined()
  })
})
