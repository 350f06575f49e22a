import type { Person } from './cast.ts'
import { enter, join, leave, rename } from './presence.ts'
import { bombRound, flagRound, switchSides } from './rounds.ts'
import type { Fighter, Scene, Script } from './scene.ts'

const ROUNDS_PER_MAP = 12
/** With fewer players a server that nobody configured otherwise counts nothing; some of them come and go. */
const FEWEST_PLAYERS = 6

/** What a server says, map after map, without end. */
export function* play(scene: Scene, pool: readonly Person[], slots: number): Script {
  yield* changeMap(scene)
  for (const person of pool.slice(0, slots)) yield* enter(scene, person, smallerTeam(scene))
  for (;;) {
    scene.wait(8)
    for (let round = 1; round <= ROUNDS_PER_MAP; round += 1) {
      yield* scene.dialect.aim === 'bomb' ? bombRound(scene) : flagRound(scene)
      if (round === ROUNDS_PER_MAP / 2) yield* switchSides(scene)
      yield* comeAndGo(scene, pool, slots)
    }
    yield* changeMap(scene)
    for (const fighter of [...scene.fighters]) yield* join(scene, fighter, smallerTeam(scene))
  }
}

/** Loading ends the streaks; starting puts everybody out of his team. */
function* changeMap(scene: Scene): Script {
  const { dialect, random, server } = scene
  const log = `Log file started (file "logs/simulated.log") (game "${dialect.code}") (version "10211")`
  yield ['logFile', log]
  const map = random.pick(dialect.maps)
  for (const fighter of scene.fighters) scene.endStreak(fighter)
  scene.map = map
  server.map = map
  yield ['mapLoading', `Loading map "${map}"`]
  scene.wait(2)
  for (const fighter of scene.fighters) {
    Object.assign(fighter, { team: '', knownTeam: '', shownTeam: '', alive: false })
  }
  server.mapChanges += 1
  yield ['mapStarted', dialect.started(map)]
  scene.wait(3)
}

/** Between two rounds: some leave, others come, some come back, some change their name. */
function* comeAndGo(scene: Scene, pool: readonly Person[], slots: number): Script {
  const { random, fighters } = scene
  const somebody = () => random.pick(fighters as [Fighter, ...Fighter[]])
  if (random.chance(0.25)) yield* rename(scene, somebody())
  if (random.chance(0.15)) {
    const { person } = somebody()
    yield* enter(scene, person, smallerTeam(scene, person))
  }
  if (fighters.length > FEWEST_PLAYERS && random.chance(0.25)) yield* leave(scene, somebody())
  const away = pool.filter((person) => fighters.every((fighter) => fighter.person !== person))
  const [next, ...others] = away
  if (next !== undefined && fighters.length < slots && random.chance(0.4)) {
    yield* enter(scene, random.pick([next, ...others]), smallerTeam(scene))
  }
  scene.wait(3, 5)
}

/** Where somebody is needed more; `except` is about to be gone. */
function smallerTeam({ dialect, fighters }: Scene, except?: Person): string {
  const [one, two] = dialect.teams
  const size = (wanted: string) =>
    fighters.filter(({ team, person }) => team === wanted && person !== except).length
  return size(one) <= size(two) ? one : two
}
