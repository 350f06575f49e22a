import { chat, say } from './chat.ts'
import type { Win } from './dialect.ts'
import { idleKill, kill, maySuicide, suicide, teamkill } from './fights.ts'
import { changeTeam } from './presence.ts'
import type { Fighter, Scene, Script } from './scene.ts'

// Who is silent for 250 seconds is taken for gone; no round lasts that long, less this.
const SPEAKS_AFTER_MS = 60_000

/** A round of Counter-Strike: until a side is dead, or the bomb has decided. */
export function* bombRound(scene: Scene): Script {
  yield* beginRound(scene)
  const bomber = scene.random.pick(scene.alive('TERRORIST') as [Fighter, ...Fighter[]])
  const got = scene.dialect.code === 'cstrike' ? 'Spawned_With_The_Bomb' : 'Got_The_Bomb'
  yield* bombAction(scene, bomber, got)
  let [carrier, planter]: (Fighter | undefined)[] = [bomber, undefined]
  while (scene.alive('CT').length > 0 && scene.alive('TERRORIST').length > 0) {
    yield* incident(scene)
    if (carrier !== undefined && !carrier.alive) {
      yield* bombAction(scene, carrier, 'Dropped_The_Bomb')
      carrier = scene.alive('TERRORIST')[0]
      if (carrier !== undefined) yield* bombAction(scene, carrier, 'Got_The_Bomb')
    } else if (carrier !== undefined && scene.random.chance(0.06)) {
      planter = carrier
      carrier = undefined
      scene.server.bombsPlanted += 1
      yield* bombAction(scene, planter, 'Planted_The_Bomb', 'TERRORIST')
    } else if (planter !== undefined && scene.random.chance(0.15)) break
  }
  yield* endBombRound(scene, planter !== undefined)
}

/** A round of Team Fortress 2: the dead come back, and flags decide. */
export function* flagRound(scene: Scene): Script {
  yield* beginRound(scene)
  const captures = new Map<string, number>()
  for (;;) {
    for (const fighter of scene.fighters) fighter.alive = true
    yield* incident(scene)
    if (!scene.random.chance(0.2)) continue
    const runner = scene.random.pick(scene.fighters as [Fighter, ...Fighter[]])
    yield* flagAction(scene, runner, { event: 'picked up', action: 'flagevent_picked_up' })
    scene.wait(3, 5)
    if (scene.random.chance(0.4)) {
      yield* flagAction(scene, runner, { event: 'dropped', action: 'flagevent_dropped' })
      continue
    }
    yield* flagAction(scene, runner, {
      event: 'captured',
      action: 'flagevent_captured',
      rewarded: runner.team,
    })
    captures.set(runner.team, (captures.get(runner.team) ?? 0) + 1)
    if (captures.get(runner.team) === 2) return yield* endFlagRound(scene, runner.team)
  }
}

/** The sides change, as in the middle of a match. */
export function* switchSides(scene: Scene): Script {
  for (const fighter of [...scene.fighters]) {
    yield* changeTeam(scene, fighter, { from: fighter.team, to: scene.others(fighter.team) })
  }
  scene.wait(8)
}

function* beginRound(scene: Scene): Script {
  for (const fighter of scene.fighters) fighter.alive = true
  for (const fighter of scene.fighters) {
    if (scene.clockMs - fighter.namedAtMs >= SPEAKS_AFTER_MS) {
      yield* say(scene, fighter, { text: 'ready', isKept: true })
    }
  }
  yield ['worldAction', 'World triggered "Round_Start"']
  scene.wait(3)
}

/** What happens next: mostly a kill, now and then something else. */
function* incident(scene: Scene): Script {
  const { random } = scene
  if (random.chance(0.1)) yield* chat(scene, random.pick(scene.fighters as [Fighter, ...Fighter[]]))
  const player = better(
    scene,
    scene.fighters.filter(({ alive }) => alive),
  )
  const roll = random.integer(1, 100)
  const mate = scene.alive(player.team).find((other) => other !== player)
  if (roll <= 3 && maySuicide(scene, player)) yield* suicide(scene, player)
  else if (roll <= 6 && mate !== undefined) yield* teamkill(scene, player, mate)
  else yield* kill(scene, player, random.pick(scene.alive(scene.others(player.team)) as [Fighter]))
  scene.wait(1, 5)
}

/** One of two, rather the better. */
function better({ random }: Scene, fighters: readonly Fighter[]): Fighter {
  const [one, other] = [pickOf(random, fighters), pickOf(random, fighters)]
  const [first, second] = one.person.skill >= other.person.skill ? [one, other] : [other, one]
  return random.chance(0.8) ? first : second
}

function pickOf(random: Scene['random'], fighters: readonly Fighter[]): Fighter {
  return random.pick(fighters as [Fighter, ...Fighter[]])
}

function* bombAction(scene: Scene, player: Fighter, action: string, rewarded = ''): Script {
  const text = `${scene.token(player)} triggered "${action}"`
  scene.act(action, rewarded)
  yield ['playerAction', text]
  scene.wait(1)
}

function* endBombRound(scene: Scene, isPlanted: boolean): Script {
  const counters = scene.alive('CT')
  const defuser = counters[0]
  const attackersAlive = scene.alive('TERRORIST').length > 0
  if (!isPlanted) {
    yield* win(scene, counters.length > 0 ? 'CT' : 'TERRORIST', 'kills')
  } else if (defuser !== undefined && (!attackersAlive || scene.random.chance(0.5))) {
    yield* bombAction(scene, defuser, 'Begin_Bomb_Defuse_With_Kit')
    scene.server.bombsDefused += 1
    yield* bombAction(scene, defuser, 'Defused_The_Bomb')
    yield* win(scene, 'CT', 'defusal')
  } else yield* win(scene, 'TERRORIST', 'bomb')
  for (const fighter of scene.fighters) scene.endStreak(fighter)
  yield ['worldAction', 'World triggered "Round_End"']
  scene.wait(5)
}

/** The first line that names a winner decides. */
function* win(scene: Scene, team: string, by: Win): Script {
  const { server, dialect } = scene
  const code = dialect.winCode(team, by)
  server.rounds += 1
  if (team === 'CT') server.ctWins += 1
  else server.tsWins += 1
  scene.sheet.countAction(code)
  scene.payTeam(team)
  yield ['teamAction', `Team "${team}" triggered "${code}" (CT "${server.ctWins}") (T "${server.tsWins}")`]
}

function* flagAction(
  scene: Scene,
  player: Fighter,
  { event, action, rewarded = '' }: { event: string; action: string; rewarded?: string },
): Script {
  const text = `${scene.token(player)} triggered "flagevent" (event "${event}") (position "1 2 3")`
  scene.act(action, rewarded)
  yield ['playerAction', text]
}

function* endFlagRound(scene: Scene, winner: string): Script {
  for (const fighter of scene.fighters) {
    // The round ends before its bonus time does not count any more: a best streak, but nothing paid.
    scene.endStreak(fighter, !scene.dialect.ignoresBonusRound)
  }
  scene.server.rounds += 1
  scene.sheet.countAction(scene.dialect.winCode(winner, 'flags'))
  scene.payTeam(winner)
  yield ['worldAction', `World triggered "Round_Win" (winner "${winner}")`]
  scene.wait(2)
  const [hunter] = scene.alive(winner)
  const [hunted] = scene.alive(scene.others(winner))
  if (hunter !== undefined && hunted !== undefined) yield* idleKill(scene, hunter, hunted)
  yield ['teamScore', `Team "${winner}" current score "1" with "${scene.fighters.length}" players`]
  scene.wait(10)
}
