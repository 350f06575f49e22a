import type { Cursor } from './cursor.ts'
import type { LineBase } from './line-base.ts'

/** What the engine or the game says about itself: `168.63: (MOB) Mob zombie spawned, 29 remain.` Counts for nothing. */
export interface EngineMessageLine extends LineBase {
  readonly kind: 'engineMessage'
  /** What it is about: `mob`, `skin`, `director`, `spawn`, `map`, `network` … */
  readonly topic: string
  readonly text: string
}

/** Words that such a line starts with, by topic. L4D's director talks most. */
const STARTS: Readonly<Record<string, readonly string[]>> = {
  mob: ['(MOB)', 'ZombieManager::', 'Area '],
  skin: ['(SKIN)', 'SetModelFromClass: '],
  tongue: ['(TONGUE)'],
  physics: ['(PHYSICS)', 'Explosion prop ', 'Fire prop ', 'CGrenadeLauncher_Projectile '],
  rescue: ['(RESCUE)'],
  director: [
    'Director',
    'CDirector',
    '------------------------------ Director',
    'ChangeFinaleStage: ',
    'IncrementCustomFinaleStage',
    'Allowing spawning',
    'Preventing spawning',
    'Tank offer: ',
    'Tank rock ',
  ],
  spawn: [
    'FinishClientPutInServer ',
    'Attempting to spawn ',
    'Survivor bot restored ',
    'Preparing ',
    'Restoring ',
    'Respawning ',
    'GetSafeSpawnPos: ',
    'FindNearbySpawnSpot: ',
    'CheckpointRespawn ',
    'Skipping saved player ',
    'CREATING BOT ',
    'Marking transitioning player ',
    'Founded spawns ',
    'Checking spawns',
    'Try to create fakespawns ',
    'created by ',
  ],
  map: [
    'OnEndChangelevel ',
    'Reloading original map ',
    'Staying on original map ',
    'Saving ',
    '-------- Mapchange to ',
    'Map validity check ',
    'Unable to find library ',
    'GameConfig CRC ',
  ],
  network: [
    'Connection to Steam servers ',
    'Public IP is ',
    'Assigned anonymous gameserver ',
    'VAC secure mode ',
    'Contacting ',
    'Your server will be restarted ',
    'Your server needs to be restarted ',
  ],
  plugin: ['KTP AMX '],
}

/** Words inside such a line, where its start is a name. */
const INNER: readonly (readonly [words: string, topic: string])[] = [
  [' spawned as a ', 'spawn'],
  [' wants to respawn at ', 'spawn'],
  [' gets respawn pos ', 'spawn'],
  ['), state ', 'spawn'],
  [' starting a pounce', 'pounce'],
  [' ending a pounce', 'pounce'],
  [' starting a lunge', 'pounce'],
  [' ending a lunge', 'pounce'],
  [' pounced on ', 'pounce'],
  [' TIMED OUT TRANSITIONING PLAYER ', 'spawn'],
  [' STOPS BEING HELD BY ', 'spawn'],
  [' grabs a ledge', 'spawn'],
  [' is updating line of scrimmage', 'director'],
]

interface Start {
  readonly words: string
  readonly topic: string
}

const STARTS_BY_LETTER: readonly (readonly Start[])[] = Array.from({ length: 128 }, (_, code) =>
  Object.entries(STARTS).flatMap(([topic, starts]) =>
    starts.filter((words) => words.charCodeAt(0) === code).map((words) => ({ words, topic })),
  ),
)

/** Passes the game clock of L4D, as in `168.63: (MOB) …`. */
function skipGameClock(cursor: Cursor): void {
  const start = cursor.at
  if (cursor.number() === undefined || !cursor.take(': ')) cursor.at = start
}

function topicOf({ text, at }: Cursor): string | undefined {
  const start = STARTS_BY_LETTER[text.charCodeAt(at)]?.find(({ words }) => text.startsWith(words, at))
  return start?.topic ?? INNER.find(([words]) => text.includes(words, at))?.[1]
}

/** Takes the whole line when it is one of the engine's own messages. */
export function readEngineMessage(cursor: Cursor): EngineMessageLine | undefined {
  const { time, stamp } = cursor
  cursor.skipBlanks()
  const text = cursor.rest()
  skipGameClock(cursor)
  const topic = topicOf(cursor)
  return topic === undefined ? undefined : { kind: 'engineMessage', time, stamp, topic, text }
}
