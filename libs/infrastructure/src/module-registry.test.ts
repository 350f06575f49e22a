import { StatsError } from '@hlstats/errors'
import { EventType, type GameEvent } from '@hlstats/events'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import { aKill, aSuicide } from '@hlstats/testkit'
import { describe, expect, it } from 'vitest'
import { EventBus } from './event-bus/event-bus.ts'
import { EventMetrics } from './event-metrics.ts'
import { BaseModuleEventHandler } from './module-event-handler.base.ts'
import { ModuleRegistry } from './module-registry.ts'

class Recorder extends BaseModuleEventHandler {
  readonly types: EventType[]
  readonly log: string[]

  constructor(bus: EventBus, types: EventType[], log: string[] = [], metrics?: EventMetrics) {
    super(bus, silentLogger(), metrics)
    this.types = types
    this.log = log
  }

  override async prepare(events: readonly GameEvent[]): Promise<void> {
    this.log.push(`prepare ${events.map(({ eventType }) => eventType)}`)
  }

  registerEventHandlers(): void {
    for (const type of this.types) this.registerHandler(type, (event) => this.record(event))
  }

  private record({ eventType }: GameEvent): void {
    this.log.push(eventType)
    if (eventType === 'PLAYER_SUICIDE') throw new StatsError('DB_CONSTRAINT', 'too long')
  }
}

class SelfRegistering extends Recorder {
  constructor(bus: EventBus, types: EventType[], log: string[] = []) {
    super(bus, types, log)
    this.registerEventHandlers()
  }
}

const { PLAYER_KILL, PLAYER_SUICIDE, CHAT_MESSAGE } = EventType

function given() {
  const bus = new EventBus(silentLogger())
  return { bus, registry: new ModuleRegistry(silentLogger()) }
}

describe('ModuleRegistry', () => {
  it('subscribes the modules when it is started, not before', async () => {
    const { bus, registry } = given()
    const handler = new Recorder(bus, [PLAYER_KILL])
    registry.register({ name: 'player', handler, handledEvents: [PLAYER_KILL] })
    await bus.publish(aKill())
    await registry.initializeAll()
    await registry.initializeAll()
    await bus.publish(aKill())
    expect(handler.log).toEqual(['PLAYER_KILL'])
  })

  it('takes a module that subscribed itself in its constructor, without subscribing it twice', async () => {
    const { bus, registry } = given()
    const handler = new SelfRegistering(bus, [PLAYER_KILL])
    registry.register({ name: 'player', handler, handledEvents: [PLAYER_KILL] })
    await registry.initializeAll()
    await bus.publish(aKill())
    expect(handler.log).toEqual(['PLAYER_KILL'])
  })

  it('fails the start, naming every event claimed but not handled or handled but not claimed', async () => {
    const { bus, registry } = given()
    const player = new Recorder(bus, [PLAYER_KILL])
    registry.register({ name: 'player', handler: player, handledEvents: [PLAYER_KILL, CHAT_MESSAGE] })
    const weapon = new Recorder(bus, [PLAYER_KILL, PLAYER_SUICIDE])
    registry.register({ name: 'weapon', handler: weapon, handledEvents: [PLAYER_KILL] })
    await expect(registry.initializeAll()).rejects.toMatchObject({
      code: 'MODULE_REGISTRY',
      message:
        'module player claims CHAT_MESSAGE but does not handle it; module weapon handles PLAYER_SUICIDE but does not claim it',
    })
    await bus.publish(aKill())
    expect([...player.log, ...weapon.log]).toEqual([])
  })

  it('refuses two modules of one name, and a module after the start', async () => {
    const { bus, registry } = given()
    const module = { name: 'player', handler: new Recorder(bus, [PLAYER_KILL]), handledEvents: [PLAYER_KILL] }
    registry.register(module)
    expect(() => registry.register(module)).toThrow('module player is registered twice')
    await registry.initializeAll()
    expect(() => registry.register({ ...module, name: 'late' })).toThrow(
      'module late is registered after the start',
    )
  })

  it('refuses a module that handles one event twice, and leaves nothing subscribed', async () => {
    const { bus, registry } = given()
    const good = new Recorder(bus, [PLAYER_KILL])
    registry.register({ name: 'good', handler: good, handledEvents: [PLAYER_KILL] })
    const handler = new Recorder(bus, [PLAYER_KILL, PLAYER_KILL])
    registry.register({ name: 'twice', handler, handledEvents: [PLAYER_KILL] })
    await expect(registry.initializeAll()).rejects.toThrow(
      'module twice registers two handlers for PLAYER_KILL',
    )
    await bus.publish(aKill())
    expect([...good.log, ...handler.log]).toEqual([])
  })

  it('lets each module prepare for its own events, in the order of registration', async () => {
    const { bus, registry } = given()
    const log: string[] = []
    const first = new Recorder(bus, [PLAYER_KILL, PLAYER_SUICIDE], log)
    const second = new Recorder(bus, [PLAYER_KILL], log)
    const third = new Recorder(bus, [CHAT_MESSAGE], log)
    registry.register({ name: 'first', handler: first, handledEvents: first.types })
    registry.register({ name: 'second', handler: second, handledEvents: second.types })
    registry.register({ name: 'third', handler: third, handledEvents: third.types })
    await registry.initializeAll()
    await registry.prepareAll([aKill(), aSuicide()])
    expect(log).toEqual(['prepare PLAYER_KILL,PLAYER_SUICIDE', 'prepare PLAYER_KILL'])
  })

  it('tells what is registered, and its health before the start, running and destroyed', async () => {
    const { bus, registry } = given()
    expect(registry.health()).toEqual({ ok: false, reason: 'modules are registered' })
    const handler = new Recorder(bus, [PLAYER_KILL])
    registry.register({ name: 'player', handler, handledEvents: [PLAYER_KILL] })
    expect(registry.getRegisteredModules()).toEqual([
      { name: 'player', handledEvents: ['PLAYER_KILL'], state: 'registered' },
    ])
    await registry.initializeAll()
    expect(registry.health()).toEqual({ ok: true })
    registry.destroyAll()
    expect(registry.health()).toEqual({ ok: false, reason: 'modules are destroyed' })
    await bus.publish(aKill())
    expect(handler.log).toEqual([])
    await expect(registry.initializeAll()).rejects.toThrow('the registry is destroyed')
  })

  it('is not healthy without a module', async () => {
    const { registry } = given()
    await registry.initializeAll()
    expect(registry.health()).toEqual({ ok: false, reason: 'no module is registered' })
  })
})

describe('BaseModuleEventHandler', () => {
  it("measures each call under the module's name and lets errors through", async () => {
    const { bus, registry } = given()
    const metrics = new EventMetrics(silentLogger(), new Metrics())
    const handler = new Recorder(bus, [PLAYER_KILL, PLAYER_SUICIDE], [], metrics)
    registry.register({ name: 'player', handler, handledEvents: handler.types })
    await registry.initializeAll()
    await bus.publish(aKill())
    await expect(bus.publish(aSuicide())).rejects.toMatchObject({ code: 'DB_CONSTRAINT' })
    const { byModule, errorsByCode } = metrics.getMetrics()
    expect(byModule).toMatchObject({ player: { count: 1, errorCount: 1, errorRate: 0.5 } })
    expect(errorsByCode).toEqual({ DB_CONSTRAINT: 1 })
  })
})
