import type { LineKind } from '@hlstats/game-logs'
import type { Scene, Script } from './scene.ts'

interface ServerFacts {
  readonly address: string
  readonly game: string
  readonly name: string
}

/** One simulated game server: its log, line by line, made when it is asked for. */
export class SimulatedServer {
  /** `ip:port` */
  readonly address: string
  readonly game: string
  readonly name: string
  readonly #scene: Scene
  readonly #script: Script

  constructor({ address, game, name }: ServerFacts, scene: Scene, script: Script) {
    this.address = address
    this.game = game
    this.name = name
    this.#scene = scene
    this.#script = script
  }

  /** How many rounds have had a winner. */
  get rounds(): number {
    return this.#scene.server.rounds
  }

  /** The next line of its log. */
  next(): string {
    return this.nextRead().line
  }

  /** The next line, and what it must be read as. */
  nextRead(): { line: string; kind: LineKind } {
    const { value } = this.#script.next()
    if (value === undefined) throw new Error('a simulated server plays without end')
    const [kind, text] = value
    this.#scene.sheet.lines += 1
    return { line: `${this.#scene.dialect.stamp(new Date(this.#scene.clockMs))}${text}`, kind }
  }

  /** As many of its next lines. */
  take(count: number): string[] {
    return Array.from({ length: count }, () => this.next())
  }
}
