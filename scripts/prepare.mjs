// Makes a fresh clone runnable with nothing but git and some Node: packages, the project's own Node, the generated
// database client. Plain JavaScript of Node 18, because it runs on whatever Node the machine has.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const ownNode = join(root, 'node_modules/.bin/node')
const NOT_PREPARED = 3
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/** Prepares the clone, then runs a TypeScript file of scripts/ or cli/ under the project's Node; ends with its exit code. */
export function runPrepared(script, args) {
  prepare()
  // A running cluster tells the commands its database there; what the environment says comes first.
  const environment = join(root, '.cache/cluster/cluster.env')
  const flags = script.startsWith('cli/') && existsSync(environment) ? [`--env-file=${environment}`] : []
  // Tools that begin with `#!/usr/bin/env node` get the project's Node, too.
  const PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter)
  // Without it a start strips and compiles everything again: half of its processor time.
  const NODE_COMPILE_CACHE = join(root, '.cache/compiled')
  const env = { NODE_COMPILE_CACHE, ...process.env, PATH }
  const child = spawn(ownNode, [...flags, join(root, script), ...args], { stdio: 'inherit', env })
  // The terminal sends Ctrl-C to the child as well; this process only waits for it to end.
  process.on('SIGINT', () => undefined)
  // When the terminal goes away, the kernel tells the first process of its session only, and that may be this one.
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 1))
}

function prepare() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 18)
    fail(
      `Node ${process.versions.node} is too old to start from: install Node 18 or newer (any newer one will do).`,
    )
  if (!isInstalled()) install()
  if (!hasOwnNode()) placeNode()
  step(
    [process.execPath, join(root, 'scripts/generate.mjs'), '--as-committed'],
    'Generating the database client failed, see above.',
  )
}

function install() {
  say('Installing packages (npm ci) …')
  // Install scripts stay off: the only one that is needed is the next step, and some npm block them all anyway.
  const ci = [npm, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  // Versions are pinned, so what is in npm's cache is right, and a network is not needed. But the cache may be from before
  // a version came out, and npm does not look any further then.
  if (succeeds([...ci, '--prefer-offline'])) return
  say("Not everything is in npm's cache, asking the registry …")
  step(ci, 'npm ci failed, see above: is the package registry reachable?')
}

// Newer than the lock file, or with the very versions that the lock file names.
function isInstalled() {
  const installed = join(root, 'node_modules/.package-lock.json')
  const wanted = join(root, 'package-lock.json')
  if (!existsSync(installed)) return false
  if (statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return true
  const { packages: present } = JSON.parse(readFileSync(installed, 'utf8'))
  const { packages: locked } = JSON.parse(readFileSync(wanted, 'utf8'))
  return Object.entries(locked).every(
    ([path, { version, optional }]) =>
      !path.startsWith('node_modules/') || optional || present[path]?.version === version,
  )
}

function hasOwnNode() {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/node/package.json'), 'utf8'))
  const answer = spawnSync(ownNode, ['--version'], { encoding: 'utf8' })
  return answer.status === 0 && answer.stdout.trim() === `v${version}`
}

// What the package's own preinstall script does, where npm was not allowed to run it.
function placeNode() {
  const folder = join(root, 'node_modules/node')
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  say(`Placing Node ${version} in node_modules …`)
  for (const preferOffline of ['true', 'false']) {
    spawnSync(process.execPath, ['installArchSpecificPackage.js'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, npm_config_prefer_offline: preferOffline },
    })
    if (existsSync(join(folder, 'bin/node'))) {
      rmSync(ownNode, { force: true })
      symlinkSync('../node/bin/node', ownNode)
    }
    if (hasOwnNode()) return
  }
  fail(
    `Node ${version} for ${process.platform}-${process.arch} could not be placed in node_modules, see above. Try its install script yourself:\n` +
      '  npm rebuild node --ignore-scripts=false --foreground-scripts',
  )
}

function step(command, problem) {
  if (!succeeds(command)) fail(problem)
}

function succeeds([command, ...args]) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  if (result.error?.code === 'ENOENT')
    fail(`${command} is not installed: it comes with Node, see https://nodejs.org`)
  return result.status === 0
}

function say(line) {
  process.stderr.write(`${line}\n`)
}

function fail(message) {
  say(message)
  // Told apart from a failure of what was to be run.
  process.exit(NOT_PREPARED)
}
