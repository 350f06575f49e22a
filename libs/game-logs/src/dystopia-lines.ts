import type { Cursor } from './cursor.ts'
import type { LineBase } from './line-base.ts'
import type { Properties } from './properties.ts'

/** Dystopia's unquoted records: `weapon { steam_id: 'STEAM_0:1:2', weapon_id: 9, shots: (1,2) }` */
export interface DystopiaRecordLine extends LineBase {
  readonly kind: 'dystopiaRecord'
  readonly record: 'weapon' | 'join_class' | 'change_class' | 'objective'
  /** Values without their quotes and brackets. */
  readonly fields: Properties
}

const FIELD = /\s*([a-z_]{1,32}): (?:'([^']{0,256})'|\(([^)]{0,256})\)|([^\s,']{1,64}))\s*(?:,|$)/y

/** Reads what follows `weapon { ` and the other records. */
export function readDystopia(record: DystopiaRecordLine['record']) {
  return (cursor: Cursor): DystopiaRecordLine | undefined => {
    const close = cursor.end - 1
    if (cursor.text.charCodeAt(close) !== 125) return undefined
    const body = cursor.text.slice(cursor.at, close).trimEnd()
    const fields = new Map<string, string>()
    FIELD.lastIndex = 0
    while (FIELD.lastIndex < body.length) {
      const field = FIELD.exec(body)
      if (field === null) return undefined
      fields.set(field[1] ?? '', field[2] ?? field[3] ?? field[4] ?? '')
    }
    const { time, stamp } = cursor
    return { kind: 'dystopiaRecord', time, stamp, record, fields: Object.fromEntries(fields) }
  }
}
