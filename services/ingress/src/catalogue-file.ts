import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ServerCatalogue } from './server.repository.ts'

/** The servers as last read from the database, so that a start while it is away does not lose what they send. */
export class CatalogueFile {
  readonly #path: string

  constructor(journalDirectory: string) {
    this.#path = join(journalDirectory, 'state', 'servers.json')
  }

  /** Undefined where nothing was stored yet. */
  async read(): Promise<ServerCatalogue | undefined> {
    let text: string
    try {
      text = await readFile(this.#path, 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw error
    }
    const { options, families, ...rows } = JSON.parse(text)
    // An earlier version stored neither.
    return { serverKeys: [], networks: [], ...rows, options: new Map(options), families: new Map(families) }
  }

  async write(catalogue: ServerCatalogue): Promise<void> {
    const { options, families, ...rows } = catalogue
    await mkdir(dirname(this.#path), { recursive: true })
    const temporary = `${this.#path}.new`
    // The proxy key is in it, and digests of the servers' keys: nobody else's to read.
    await writeFile(temporary, JSON.stringify({ ...rows, options: [...options], families: [...families] }), {
      mode: 0o600,
    })
    await rename(temporary, this.#path)
  }
}
