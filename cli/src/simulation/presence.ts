import type { Person } from './cast.ts'
import type { Fighter, Scene, Script } from './scene.ts'

/** Somebody connects, enters and joins a team. */
export function* enter(scene: Scene, person: Person, team: string): Script {
  const fighter = newcomer(scene, person)
  const lost = scene.fighters.findIndex((other) => other.person === person)
  yield* connectLine(scene, fighter, lost)
  yield ['validated', `${scene.token(fighter, '')} STEAM USERID validated`]
  scene.wait(1, 2)
  yield* join(scene, fighter, team)
}

/** Everybody comes in again after a change of maps. */
export function* join(scene: Scene, fighter: Fighter, team: string): Script {
  scene.server.entryRows += 1
  yield ['entry', `${scene.token(fighter, '')} entered the game`]
  scene.wait(1)
  yield* changeTeam(scene, fighter, { from: scene.dialect.unassigned, to: team })
  const { roles } = scene.dialect
  const [first, ...others] = roles
  if (first !== undefined) yield* changeRole(scene, fighter, scene.random.pick([first, ...others]))
}

export function* changeTeam(
  scene: Scene,
  fighter: Fighter,
  { from, to }: { from: string; to: string },
): Script {
  if (scene.dialect.switches) {
    fighter.namedAtMs = scene.clockMs
    const text = `${scene.teamlessToken(fighter)} switched from team <${from}> to <${to}>`
    fighter.team = to
    scene.setTeam(fighter, to)
    yield ['joinTeam', text]
    return
  }
  const text = `${scene.token(fighter, from)} joined team "${to}"`
  fighter.team = to
  scene.setTeam(fighter, to)
  fighter.shownTeam = to
  fighter.shownAtMs = scene.clockMs
  yield ['joinTeam', text]
}

function* changeRole(scene: Scene, fighter: Fighter, role: string): Script {
  fighter.role = role
  scene.server.roleRows += 1
  yield ['changeRole', `${scene.token(fighter)} changed role to "${role}"`]
}

export function* leave(scene: Scene, fighter: Fighter): Script {
  const token = scene.token(fighter)
  scene.fighters.splice(scene.fighters.indexOf(fighter), 1)
  scene.server.disconnectRows += 1
  scene.endStreak(fighter)
  yield ['disconnect', `${token} disconnected${scene.random.pick(['', ' (reason "Client "x" left")'])}`]
}

export function* rename(scene: Scene, fighter: Fighter): Script {
  const base = [...fighter.name].slice(0, 20).join('')
  const name = `${base}${scene.random.integer(1, 9)}`
  const text = `${scene.token(fighter)} changed name to "${name}"`
  scene.server.nameRows += 1
  scene.setName(fighter, name)
  yield ['changeName', text]
}

function newcomer(scene: Scene, person: Person): Fighter {
  return {
    person,
    name: person.name,
    uid: scene.nextUid(),
    team: '',
    role: '',
    alive: false,
    knownTeam: '',
    shownTeam: '',
    shownAtMs: scene.clockMs,
    namedAtMs: scene.clockMs,
    killsInLife: 0,
    deathsInRow: 0,
  }
}

/** `lost`: whom nobody has seen leaving; that he is here again under another number shows that he had left. */
function* connectLine(scene: Scene, fighter: Fighter, lost: number): Script {
  const address = `198.51.100.${scene.random.integer(1, 254)}:27005`
  const text = `${scene.token(fighter, '')} connected, address "${address}"`
  const [gone] = lost < 0 ? [] : scene.fighters.splice(lost, 1)
  if (gone !== undefined) {
    scene.server.disconnectRows += 1
    scene.endStreak(gone)
  }
  scene.fighters.push(fighter)
  scene.setName(fighter, fighter.name)
  scene.server.connectRows += 1
  yield ['connect', text]
}
