import { type EventData, EventType, type GameEventOf } from '@hlstats/events'
import { EventBus, EventMetrics, ModuleRegistry } from '@hlstats/infrastructure'
import { type ILogger, type LogFields, LogLevel, Metrics } from '@hlstats/telemetry'
import { anEvent, aPlayer, type EventOverrides } from './builders.ts'

/** The parts that the modules of one process share. */
export interface AppContext {
  readonly logger: MockLogger
  readonly registry: Metrics
  readonly metrics: EventMetrics
  readonly eventBus: EventBus
  readonly moduleRegistry: ModuleRegistry
}

/** Real parts, wired as a service wires them; the caller registers its modules and starts them. */
export function createTestContext(): AppContext {
  const logger = createMockLogger()
  const registry = new Metrics()
  const metrics = new EventMetrics(logger, registry)
  return {
    logger,
    registry,
    metrics,
    eventBus: new EventBus(logger, metrics),
    moduleRegistry: new ModuleRegistry(logger),
  }
}

export interface LoggedLine {
  readonly level: LogLevel
  readonly message: string
  readonly fields: LogFields
}

/** A logger that keeps its lines instead of writing them. */
export interface MockLogger extends ILogger {
  readonly lines: readonly LoggedLine[]
}

/** Keeps what is logged through it and through its children, from the level INFO on. */
export function createMockLogger(): MockLogger {
  const ranks = Object.values(LogLevel)
  const lines: LoggedLine[] = []
  let threshold: LogLevel = LogLevel.INFO
  const withFields = (bound: LogFields): MockLogger => {
    const write = (level: LogLevel) => (message: string, fields?: LogFields) => {
      if (ranks.indexOf(level) >= ranks.indexOf(threshold)) {
        lines.push({ level, message, fields: { ...bound, ...fields } })
      }
    }
    return {
      lines,
      debug: write(LogLevel.DEBUG),
      info: write(LogLevel.INFO),
      warn: write(LogLevel.WARN),
      error: write(LogLevel.ERROR),
      fatal: write(LogLevel.FATAL),
      child: (fields) => withFields({ ...bound, ...fields }),
      setLogLevel: (level) => {
        threshold = level
      },
    }
  }
  return withFields({})
}

/** A valid event of a type, with data as a game server would have caused it. */
export function createMockEvent<T extends EventType = 'PLAYER_KILL'>(
  eventType?: T,
  overrides: EventOverrides = {},
): GameEventOf<T> {
  const type = eventType ?? ('PLAYER_KILL' as T)
  return anEvent(type, SAMPLE_DATA[type], overrides)
}

const player = aPlayer(1)
const victim = aPlayer(2, { team: 'TERRORIST' })
const weapon = 'ak47'
const kill = { killer: player, victim, weapon, headshot: false }

const SAMPLE_DATA: EventData = {
  [EventType.PLAYER_CONNECT]: { player, address: '192.0.2.1' },
  [EventType.PLAYER_ENTRY]: { player },
  [EventType.PLAYER_DISCONNECT]: { player, reason: 'Disconnect by user.', inferred: false },
  [EventType.PLAYER_SEEN]: { player },
  [EventType.PLAYER_CHANGE_TEAM]: { player, previousTeam: 'Unassigned' },
  [EventType.PLAYER_CHANGE_ROLE]: { player: { ...player, role: 'scout' }, previousRole: '' },
  [EventType.PLAYER_CHANGE_NAME]: { player, previousName: 'Player' },
  [EventType.PLAYER_CLAN_TAG]: { player, tag: '[clan]' },
  [EventType.PLAYER_LATENCY]: { player, pingMs: 35 },
  [EventType.PLAYER_TIME]: { player, seconds: 60 },
  [EventType.PLAYER_BAN]: { player, minutes: 0, source: 'banid' },
  [EventType.PLAYER_KILL]: kill,
  [EventType.PLAYER_TEAMKILL]: { ...kill, victim: aPlayer(2) },
  [EventType.PLAYER_SUICIDE]: { player, weapon: 'world' },
  [EventType.PLAYER_ASSIST]: { player, victim, flash: false },
  [EventType.PLAYER_DAMAGE]: { player, victim, weapon, damage: 29 },
  [EventType.WEAPON_FIRE]: { player, weapon },
  [EventType.WEAPON_HIT]: { player, victim, weapon, damage: 29, damageArmor: 4, hitgroup: 'chest' },
  [EventType.WEAPON_STATS]: {
    player,
    weapon,
    shots: 10,
    hits: 4,
    kills: 1,
    headshots: 1,
    teamkills: 0,
    damage: 120,
    deaths: 1,
  },
  [EventType.WEAPON_TARGETS]: {
    player,
    weapon,
    head: 1,
    chest: 2,
    stomach: 1,
    leftArm: 0,
    rightArm: 0,
    leftLeg: 0,
    rightLeg: 0,
  },
  [EventType.ACTION_PLAYER]: { player, action: 'Defused_The_Bomb' },
  [EventType.ACTION_PLAYER_PLAYER]: { player, victim, action: 'domination' },
  [EventType.ACTION_TEAM]: { team: 'CT', action: 'CTs_Win' },
  [EventType.ACTION_WORLD]: { action: 'Game_Commencing' },
  [EventType.CHAT_MESSAGE]: { player, mode: 1, message: 'gg', command: false, dead: false },
  [EventType.ROUND_START]: { action: 'Round_Start' },
  [EventType.ROUND_END]: { action: 'Round_End', winner: 'CT' },
  [EventType.MAP_CHANGE]: { phase: 'started', previousMap: 'de_inferno' },
  [EventType.MATCH_STATE]: { scores: [{ team: 'CT', score: 3 }] },
  [EventType.MATCH_PLAYER]: { player, mvps: 1, damage: 120, utilityDamage: 40, enemiesFlashed: 2 },
  [EventType.SERVER_TICK]: { players: 2, maxPlayers: 16 },
  [EventType.SERVER_IDLE]: { silentSeconds: 300 },
  [EventType.RCON_COMMAND]: { ok: true, address: '192.0.2.9', command: 'status' },
  [EventType.ADMIN_MESSAGE]: { source: 'basechat.smx', message: 'be nice', playerName: 'Player 1' },
  [EventType.STREAM_END]: { lastSequence: 1 },
  [EventType.STREAM_AUDIT]: { from: 1, to: 1, counts: { PLAYER_KILL: 1 }, digest: 'a'.repeat(64) },
}
