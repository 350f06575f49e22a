import { expect, it } from 'vitest'
import { definitionsOf } from './definitions.ts'
import { WORK_SERVICES } from './topology.ts'

it('deploy/rabbitmq/definitions.json is what the code declares', async () => {
  const definitions = definitionsOf({ services: WORK_SERVICES, partitions: 8 })
  await expect(`${JSON.stringify(definitions, null, 2)}\n`).toMatchFileSnapshot(
    '../../../../deploy/rabbitmq/definitions.json',
  )
})
