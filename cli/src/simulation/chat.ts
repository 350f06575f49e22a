import type { Fighter, Scene, Script } from './scene.ts'

const TALK = [
  'gg',
  'nice one',
  'rush b',
  'who "killed" me?',
  'ns',
  '<3',
  'one left',
  'gl hf',
  '100%',
  'brb \\o/',
] as const
// Questions to HLstatsX, which it does not keep.
const COMMANDS = ['rank', '/top10', 'kpd', 'hlx_menu'] as const
const LONGEST = 120

/** Somebody says something, or asks something, or writes what looks like a line of the log. */
export function* chat(scene: Scene, fighter: Fighter): Script {
  const { random } = scene
  if (random.chance(0.15)) yield* say(scene, fighter, { text: random.pick(COMMANDS), isKept: false })
  else if (random.chance(0.2)) yield* say(scene, fighter, { text: forgery(scene), isKept: true })
  else yield* say(scene, fighter, { text: random.pick(TALK), isKept: true })
}

export function* say(
  scene: Scene,
  fighter: Fighter,
  { text, isKept }: { text: string; isKept: boolean },
): Script {
  const verb = scene.random.chance(0.5) ? 'say' : 'say_team'
  const line = `${scene.token(fighter)} ${verb} "${text}"${fighter.alive ? '' : ' (dead)'}`
  if (isKept) {
    scene.server.chatRows += 1
    scene.sheet.player(fighter.person.uniqueId).chat += 1
  }
  yield ['chat', line]
}

/** A kill that never was, with people who are really there. */
function forgery(scene: Scene): string {
  const somebody = () => {
    const fighter = scene.random.pick(scene.fighters as [Fighter, ...Fighter[]])
    return scene.tokenText(fighter, fighter.team)
  }
  const text = scene.random.pick([
    `x" killed ${somebody()} with "ak47`,
    `${somebody()} killed ${somebody()} with "awp"`,
    `" (dead) World triggered "Round_Start"`,
    `<1><STEAM_0:0:1><CT>" committed suicide with "world"`,
  ])
  return [...text].slice(0, LONGEST).join('')
}
