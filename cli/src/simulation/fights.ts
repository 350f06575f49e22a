import type { Position } from '@hlstats/game-logs'
import type { Fighter, Scene, Script } from './scene.ts'

// A change of teams forgives the death that comes with it, for two seconds of the log's clock.
const GRACE_MS = 3_000

interface Fight {
  readonly killer: Fighter
  readonly victim: Fighter
  readonly weapon: string
  readonly headshot: boolean
}

/** Somebody kills an opponent: who is better more often does. */
export function* kill(scene: Scene, killer: Fighter, victim: Fighter): Script {
  const { dialect } = scene
  const fight = fightOf(scene, killer, victim)
  if (dialect.attacks && scene.random.chance(0.3)) yield* attack(scene, fight)
  if (dialect.headshotLine && fight.headshot) {
    scene.act('headshot')
    yield ['playerAction', `${scene.token(killer)} triggered "headshot"`]
  }
  const text = strike(scene, fight)
  victim.alive = false
  countKill(scene, fight)
  yield ['kill', text]
  const helper = scene.alive(killer.team).find((fighter) => fighter !== killer)
  if (dialect.assists !== '' && helper !== undefined && scene.random.chance(0.25)) {
    yield* assist(scene, helper, victim)
  }
  if (dialect.aim === 'flag' && scene.random.chance(0.05)) yield* dominate(scene, killer, victim)
}

/** A kill between two rounds of a game that does not count those. */
export function* idleKill(scene: Scene, killer: Fighter, victim: Fighter): Script {
  yield ['kill', strike(scene, fightOf(scene, killer, victim))]
}

export function* teamkill(scene: Scene, killer: Fighter, victim: Fighter): Script {
  const fight = { ...fightOf(scene, killer, victim), headshot: false }
  const { weapon } = fight
  const text = strike(scene, fight)
  victim.alive = false
  scene.sheet.player(killer.person.uniqueId).teamkills += 1
  scene.sheet.weapon(weapon).kills += 1
  scene.sheet.playerWeapon(killer.person.uniqueId, weapon).teamkills += 1
  scene.server.teamkillRows += 1
  yield ['kill', text]
}

/** Whether a suicide of his would count. */
export function maySuicide(scene: Scene, { team, shownTeam, shownAtMs }: Fighter): boolean {
  return shownTeam === team && scene.clockMs - shownAtMs >= GRACE_MS
}

export function* suicide(scene: Scene, player: Fighter): Script {
  const text = `${scene.token(player)} committed suicide with "world"`
  player.alive = false
  scene.endStreak(player)
  scene.sheet.player(player.person.uniqueId).suicides += 1
  scene.server.suicides += 1
  scene.server.suicideRows += 1
  yield ['suicide', text]
}

function fightOf(scene: Scene, killer: Fighter, victim: Fighter): Fight {
  const weapon = scene.random.pick(scene.dialect.weapons)
  return { killer, victim, weapon, headshot: scene.random.chance(0.3) }
}

function strike(scene: Scene, { killer, victim, weapon, headshot }: Fight): string {
  return scene.dialect.kill({
    killer: scene.token(killer),
    victim: scene.token(victim),
    weapon,
    headshot,
    from: place(scene),
    to: place(scene),
  })
}

function countKill(scene: Scene, { killer, victim, weapon, headshot }: Fight): void {
  const { sheet, server } = scene
  const headshots = headshot ? 1 : 0
  killer.killsInLife += 1
  killer.deathsInRow = 0
  victim.deathsInRow += 1
  const [winner, loser] = [sheet.player(killer.person.uniqueId), sheet.player(victim.person.uniqueId)]
  loser.deathStreak = Math.max(loser.deathStreak, victim.deathsInRow)
  loser.deaths += 1
  scene.endStreak(victim)
  const ofKiller = sheet.playerWeapon(killer.person.uniqueId, weapon)
  for (const row of [winner, sheet.weapon(weapon), ofKiller, sheet.map(scene.map), server]) {
    row.kills += 1
    row.headshots += headshots
  }
  sheet.playerWeapon(victim.person.uniqueId, weapon).deaths += 1
  server.fragRows += 1
  if (headshot && !scene.dialect.headshotLine) scene.act('headshot')
}

/** CS:GO and CS2: the hit before the kill. Without lines for shots it is damage, but no accuracy. */
function* attack(scene: Scene, { killer, victim, weapon }: Fight): Script {
  const damage = scene.random.integer(1, 99)
  const row = scene.sheet.playerWeapon(killer.person.uniqueId, weapon)
  row.hits += 1
  row.damage += damage
  const from = `${scene.tokenText(killer, killer.team)} [${placeText(scene)}]`
  const to = `${scene.tokenText(victim, victim.team)} [${placeText(scene)}]`
  const details = `(damage "${damage}") (damage_armor "4") (health "${100 - damage}") (armor "95") (hitgroup "chest")`
  yield ['attack', `${from} attacked ${to} with "${weapon}" ${details}`]
}

function* assist(scene: Scene, helper: Fighter, victim: Fighter): Script {
  scene.sheet.player(helper.person.uniqueId).assists += 1
  scene.server.assistRows += 1
  if (scene.dialect.assists === 'assisted killing') {
    const [player, killed] = [helper, victim].map((fighter) => scene.tokenText(fighter, fighter.team))
    yield ['assist', `${player} assisted killing ${killed}`]
    return
  }
  const text = `${scene.token(helper)} triggered "kill assist" against ${scene.token(victim)}`
  scene.act(helper.role === 'medic' ? 'kill_assist_medic' : 'kill assist')
  yield ['playerPlayerAction', text]
}

function* dominate(scene: Scene, killer: Fighter, victim: Fighter): Script {
  const action = scene.random.pick(['domination', 'revenge'])
  const text = `${scene.token(killer)} triggered "${action}" against ${scene.token(victim)}`
  scene.sheet.countAction(action)
  scene.server.pairActionRows += 1
  yield ['playerPlayerAction', text]
}

function place(scene: Scene): Position {
  const coordinate = () => scene.random.integer(-2000, 2000)
  return { x: coordinate(), y: coordinate(), z: coordinate() }
}

function placeText(scene: Scene): string {
  const { x, y, z } = place(scene)
  return `${x} ${y} ${z}`
}
