// npm run bench -- <name> [arguments]: runs bench/<name>.bench.ts with the pinned Node; without a name, lists them.
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = new URL('../bench/', import.meta.url)
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''))
const [name, ...rest] = process.argv.slice(2)

if (name === undefined || !names.includes(name)) {
  console.error(`usage: npm run bench -- <${names.join(' | ')}> [arguments]`)
  process.exitCode = name === undefined ? 0 : 1
} else {
  const file = fileURLToPath(new URL(`${name}.bench.ts`, folder))
  const child = spawn('node', ['--disable-warning=DEP0005', file, ...rest], { stdio: 'inherit' })
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
}
