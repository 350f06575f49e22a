// biome-ignore-all lint/style/noExcessiveLinesPerFile: the samples stand together, as on the page they are from.
// Every TypeScript sample of the page that asked for this layer, against the real classes. What TypeScript cannot run by
// stripping types is written the way it can: no parameter properties, and no enum, so that a custom event type joins
// `EventType` by a spread.
import type { Database } from '@hlstats/database'
import {
  type BaseEvent,
  EventType as BaseEventType,
  type GameEvent,
  type PlayerConnectEvent,
  type PlayerDisconnectEvent,
  type PlayerKillEvent,
  type WeaponFireEvent,
  type WeaponHitEvent,
} from '@hlstats/events'
import { type ILogger, LogLevel, silentLogger } from '@hlstats/telemetry'
import {
  type AppContext,
  createMockEvent,
  createMockLogger,
  createPlayerKillEvent,
  createTestContext,
  type TestBroker,
  type TestDatabase,
  temporaryFolder,
  testBroker,
  testDatabase,
  until,
} from '@hlstats/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  BaseModuleEventHandler,
  BaseRepository,
  EventBus,
  EventMetrics,
  type IEventBus,
  ModuleRegistry,
  QueueModule,
} from './index.ts'

const EventType = { ...BaseEventType, CUSTOM_EVENT: 'CUSTOM_EVENT' } as const

interface CustomEvent extends BaseEvent {
  readonly eventType: typeof EventType.CUSTOM_EVENT
  readonly data: {
    readonly customField: string
  }
}

interface Player {
  readonly id: number
  readonly name: string
}

interface PlayerCreateData {
  name: string
}

class PlayerEventHandler extends BaseModuleEventHandler {
  readonly connected: string[] = []

  registerEventHandlers(): void {
    this.registerHandler(EventType.PLAYER_CONNECT, this.handlePlayerConnect.bind(this))
    this.registerHandler(EventType.PLAYER_DISCONNECT, this.handlePlayerDisconnect.bind(this))
  }

  private async handlePlayerConnect(event: PlayerConnectEvent): Promise<void> {
    this.connected.push(event.data.player.name)
  }

  private async handlePlayerDisconnect(event: PlayerDisconnectEvent): Promise<void> {
    this.connected.splice(this.connected.indexOf(event.data.player.name), 1)
  }
}

class PlayerRepository extends BaseRepository {
  async findById(playerId: number): Promise<Player | null> {
    return this.queryOne<Player>('SELECT * FROM players WHERE id = ?', [playerId])
  }

  async create(data: PlayerCreateData): Promise<Player> {
    return this.insert<Player>('players', data)
  }
}

class WeaponRepository extends BaseRepository {
  async updateWeaponStats(weaponCode: string, updates: Record<string, unknown>): Promise<void> {
    await this.update('weapons', { weapon_code: weaponCode }, updates)
  }
}

interface IWeaponService {
  handleWeaponEvent(event: WeaponFireEvent | WeaponHitEvent): Promise<void>
}

class WeaponService implements IWeaponService {
  private readonly repository: WeaponRepository
  private readonly logger: ILogger

  constructor(repository: WeaponRepository, logger: ILogger) {
    this.repository = repository
    this.logger = logger
  }

  async handleWeaponEvent(event: WeaponFireEvent | WeaponHitEvent): Promise<void> {
    await this.repository.updateWeaponStats(event.data.weapon, { last_event: event.eventType })
    this.logger.debug('weapon updated', { event_type: event.eventType })
  }
}

class WeaponEventHandler extends BaseModuleEventHandler {
  private readonly weaponService: IWeaponService

  constructor(eventBus: IEventBus, logger: ILogger, weaponService: IWeaponService, metrics?: EventMetrics) {
    super(eventBus, logger, metrics)
    this.weaponService = weaponService
    this.registerEventHandlers()
  }

  registerEventHandlers(): void {
    this.registerHandler(EventType.WEAPON_FIRE, this.handleWeaponFire.bind(this))
    this.registerHandler(EventType.WEAPON_HIT, this.handleWeaponHit.bind(this))
  }

  private async handleWeaponFire(event: WeaponFireEvent): Promise<void> {
    await this.weaponService.handleWeaponEvent(event)
  }

  private async handleWeaponHit(event: WeaponHitEvent): Promise<void> {
    await this.weaponService.handleWeaponEvent(event)
  }
}

class CustomEventHandler extends BaseModuleEventHandler<GameEvent | CustomEvent> {
  readonly seen: string[] = []

  registerEventHandlers(): void {
    this.registerHandler(EventType.CUSTOM_EVENT, this.handleCustomEvent.bind(this))
  }

  private async handleCustomEvent(event: CustomEvent): Promise<void> {
    this.seen.push(event.data.customField)
  }
}

interface INewComponent {
  initialize(): Promise<void>
  process(data: unknown): Promise<void>
  shutdown(): Promise<void>
}

abstract class BaseNewComponent implements INewComponent {
  protected readonly logger: ILogger

  constructor(logger: ILogger) {
    this.logger = logger
  }

  abstract initialize(): Promise<void>
  abstract shutdown(): Promise<void>
  protected abstract processInternal(data: unknown): Promise<void>

  async process(data: unknown): Promise<void> {
    try {
      await this.processInternal(data)
    } catch (error) {
      this.logger.error('Processing failed', { error })
      throw error
    }
  }
}

class ConcreteNewComponent extends BaseNewComponent {
  readonly processed: unknown[] = []

  async initialize(): Promise<void> {
    this.processed.length = 0
  }

  async shutdown(): Promise<void> {
    this.processed.length = 0
  }

  protected async processInternal(data: unknown): Promise<void> {
    if (data === undefined) throw new Error('nothing to process')
    this.processed.push(data)
  }
}

interface PlayerService {
  handleKillEvent(event: PlayerKillEvent): Promise<void>
}

class KillEventHandler extends BaseModuleEventHandler {
  readonly #playerService: PlayerService

  constructor(context: AppContext, playerService: PlayerService) {
    super(context.eventBus, context.logger, context.metrics)
    this.#playerService = playerService
  }

  registerEventHandlers(): void {
    this.registerHandler(EventType.PLAYER_KILL, (event) => this.#playerService.handleKillEvent(event))
  }
}

const logger = silentLogger()
let given: TestDatabase
let database: Database

beforeAll(async () => {
  given = await testDatabase()
  database = given.database
})

afterAll(() => given?.drop())

describe('the event bus', () => {
  it('publishes to a handler until it unsubscribes', async () => {
    const eventBus = new EventBus(logger)
    const event = createMockEvent(EventType.PLAYER_KILL)
    const weapons: string[] = []

    const handlerId = eventBus.subscribe(EventType.PLAYER_KILL, async (event) => {
      weapons.push(event.data.weapon)
    })
    await eventBus.publish(event)
    eventBus.unsubscribe(handlerId)
    await eventBus.publish(event)

    expect(weapons).toEqual([event.data.weapon])
  })
})

describe('module handlers and the registry', () => {
  it('starts a module that claims what it handles', async () => {
    const eventBus = new EventBus(logger)
    const playerEventHandler = new PlayerEventHandler(eventBus, logger)
    const registry = new ModuleRegistry(logger)

    registry.register({
      name: 'player',
      handler: playerEventHandler,
      handledEvents: [EventType.PLAYER_CONNECT, EventType.PLAYER_DISCONNECT],
    })
    await registry.initializeAll()

    await eventBus.publish(createMockEvent(EventType.PLAYER_CONNECT))
    expect(playerEventHandler.connected).toEqual(['Player 1'])
    await eventBus.publish(createMockEvent(EventType.PLAYER_DISCONNECT))
    expect(playerEventHandler.connected).toEqual([])
    expect(registry.getRegisteredModules()).toEqual([
      { name: 'player', handledEvents: ['PLAYER_CONNECT', 'PLAYER_DISCONNECT'], state: 'ready' },
    ])
  })
})

describe('repositories and services on a real database', () => {
  beforeAll(async () => {
    await database.execute(
      'CREATE TABLE players (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(64) NOT NULL)',
    )
    await database.execute(
      'CREATE TABLE weapons (weapon_code VARCHAR(32) PRIMARY KEY, last_event VARCHAR(32) NULL)',
    )
  })

  it('creates a player and finds him by his id', async () => {
    const repository = new PlayerRepository(database)
    const player = await repository.create({ name: 'Gordon' })
    expect(await repository.findById(player.id)).toEqual({ id: player.id, name: 'Gordon' })
    expect(await repository.findById(player.id + 1)).toBeNull()
  })

  it('brings a weapon event from the bus through its module and service into the table', async () => {
    const eventBus = new EventBus(logger)
    const weaponService = new WeaponService(new WeaponRepository(database), logger)
    const weaponEventHandler = new WeaponEventHandler(
      eventBus,
      logger,
      weaponService,
      new EventMetrics(logger),
    )
    const moduleRegistry = new ModuleRegistry(logger)
    await database.execute("INSERT INTO weapons (weapon_code) VALUES ('ak47'), ('awp')")

    moduleRegistry.register({
      name: 'weapon',
      handler: weaponEventHandler,
      handledEvents: [EventType.WEAPON_FIRE, EventType.WEAPON_HIT],
    })
    await moduleRegistry.initializeAll()
    await eventBus.publish(createMockEvent(EventType.WEAPON_FIRE))

    expect(await database.query('SELECT * FROM weapons ORDER BY weapon_code')).toEqual([
      { weapon_code: 'ak47', last_event: 'WEAPON_FIRE' },
      { weapon_code: 'awp', last_event: null },
    ])
  })
})

describe('the queue module on a real broker', () => {
  let broker: TestBroker

  beforeAll(async () => {
    broker = await testBroker()
  })

  afterAll(() => broker?.drop())

  it('publishes to the event bus and, through RabbitMQ, to the modules of a consumer', async () => {
    const eventBus = new EventBus(logger)
    const rabbitmqConfig = { url: broker.url }
    const queueModule = new QueueModule(
      {
        rabbitmq: rabbitmqConfig,
        autoStartConsumers: true,
        dualPublisher: {
          enableQueue: true,
          enableEventBus: true,
          gracefulFallback: true,
        },
        journal: { directory: temporaryFolder('seed-journal') },
        services: ['player'],
      },
      logger,
    )
    await queueModule.initialize()
    const dualPublisher = queueModule.createDualPublisher(eventBus)

    const onTheBus: GameEvent[] = []
    eventBus.subscribe(EventType.PLAYER_CONNECT, (event) => void onTheBus.push(event))
    const consumerBus = new EventBus(logger)
    const handler = new PlayerEventHandler(consumerBus, logger)
    const registry = new ModuleRegistry(logger)
    registry.register({
      name: 'player',
      handler,
      handledEvents: [EventType.PLAYER_CONNECT, EventType.PLAYER_DISCONNECT],
    })
    await registry.initializeAll()
    await queueModule.createConsumer({ service: 'player', database, eventBus: consumerBus, registry })

    const event = createMockEvent(EventType.PLAYER_CONNECT, { stream: queueModule.journal.stream })
    await dualPublisher.publish(event)
    await until(() => handler.connected.length > 0)
    await queueModule.close()

    expect(onTheBus).toEqual([event])
    expect(handler.connected).toEqual([event.data.player.name])
    expect(await database.query('SELECT service, stream, record FROM hlstats_Stream_Positions')).toEqual([
      { service: 'player', stream: event.stream, record: 1 },
    ])
  })
})

describe('event metrics', () => {
  it('gives back what was recorded', () => {
    const metrics = new EventMetrics(logger)
    const error = new Error('a bug')

    metrics.recordProcessingTime(EventType.PLAYER_KILL, 150, 'player-module')
    metrics.recordError(EventType.PLAYER_KILL, error, 'player-module')
    const summary = metrics.getMetrics()

    expect(summary.byModule['player-module']).toEqual({
      count: 1,
      averageMs: 150,
      minMs: 150,
      maxMs: 150,
      errorCount: 1,
      errorRate: 0.5,
    })
    expect(summary.byEventType.PLAYER_KILL?.averageMs).toBe(150)
  })
})

describe('debugging', () => {
  it('shows debug lines from the moment the level is lowered', async () => {
    const logger = createMockLogger()
    const eventBus = new EventBus(logger)
    eventBus.subscribe(EventType.PLAYER_KILL, () => undefined)
    logger.setLogLevel(LogLevel.DEBUG)
    eventBus.subscribe(EventType.ROUND_END, () => undefined)
    expect(logger.lines.map(({ fields }) => fields.event_type)).toEqual(['ROUND_END'])
  })
})

describe('extension points', () => {
  it('adds a component to the context', async () => {
    const context = createTestContext()
    const newComponent = new ConcreteNewComponent(context.logger)
    const extended = { ...context, newComponent }

    await extended.newComponent.initialize()
    await extended.newComponent.process('data')
    expect(extended.newComponent.processed).toEqual(['data'])
    await expect(extended.newComponent.process(undefined)).rejects.toThrow('nothing to process')
    expect(context.logger.lines.map(({ message }) => message)).toEqual(['Processing failed'])
    await extended.newComponent.shutdown()
  })

  it('publishes and handles a custom event, typed as the others', async () => {
    const eventBus = new EventBus<GameEvent | CustomEvent>(logger)
    const handler = new CustomEventHandler(eventBus, logger)
    const registry = new ModuleRegistry<GameEvent | CustomEvent>(logger)
    registry.register({ name: 'custom', handler, handledEvents: [EventType.CUSTOM_EVENT] })
    await registry.initializeAll()

    const { category: _category, ...base } = createMockEvent()
    await eventBus.publish({ ...base, eventType: EventType.CUSTOM_EVENT, data: { customField: 'mine' } })
    expect(handler.seen).toEqual(['mine'])
  })
})

describe('EventBus', () => {
  let eventBus: EventBus
  let mockLogger: ILogger

  beforeEach(() => {
    mockLogger = createMockLogger()
    eventBus = new EventBus(mockLogger)
  })

  it('publishes and handles events', async () => {
    const handler = vi.fn()
    const handlerId = eventBus.subscribe(EventType.PLAYER_KILL, handler)

    const event = createMockEvent(EventType.PLAYER_KILL)
    await eventBus.publish(event)

    expect(handler).toHaveBeenCalledWith(event)
    expect(eventBus.unsubscribe(handlerId)).toBe(true)
  })

  it('handles high event volume', async () => {
    let handled = 0
    eventBus.subscribe(EventType.PLAYER_KILL, async () => void handled++)
    const events = Array(1000)
      .fill(null)
      .map(() => createMockEvent())
    const startTime = Date.now()

    await Promise.all(events.map((event) => eventBus.publish(event)))

    const duration = Date.now() - startTime
    expect(duration).toBeLessThan(5000)
    expect(handled).toBe(1000)
  })
})

describe('Module Integration', () => {
  let context: AppContext
  const mockPlayerService = { handleKillEvent: vi.fn(async (_event: PlayerKillEvent) => undefined) }

  beforeEach(async () => {
    context = createTestContext()
    context.moduleRegistry.register({
      name: 'player',
      handler: new KillEventHandler(context, mockPlayerService),
      handledEvents: [EventType.PLAYER_KILL],
    })
    await context.moduleRegistry.initializeAll()
  })

  it('processes events end-to-end', async () => {
    const event = createPlayerKillEvent()
    await context.eventBus.publish(event)

    expect(mockPlayerService.handleKillEvent).toHaveBeenCalledWith(event)
    expect(context.metrics.getMetrics().byModule.player?.count).toBe(1)
  })
})
