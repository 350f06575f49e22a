import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { cachedFolder, cacheRoot, unpackDebian } from '@hlstats/testkit'

const exec = promisify(execFile)

/** The programs that checks need, each in the Debian package of the same name. */
export type ToolName = 'kustomize' | 'promtool' | 'prometheus' | 'docker-compose'

/** A program that is there, or why it is not. */
export type Tool = { readonly path: string } | { readonly missing: string }

export interface RunResult {
  readonly code: number
  readonly output: string
}

// Debian stable's kustomize does not exist, its compose is version 1 and its promtool lacks what the rule tests use:
// from these majors on they do, and Debian's development suite has them.
const OLDEST: Record<ToolName, number> = { kustomize: 5, promtool: 3, prometheus: 3, 'docker-compose': 2 }
const VERSION_ARGUMENT: Record<ToolName, string> = {
  kustomize: 'version',
  promtool: '--version',
  prometheus: '--version',
  'docker-compose': 'version',
}

const found = new Map<ToolName, Promise<Tool>>()

/** Finds a program on PATH or in the cache, or unpacks it from its Debian package into the cache, without installing it. */
export function tool(name: ToolName): Promise<Tool> {
  const known = found.get(name) ?? locate(name)
  found.set(name, known)
  return known
}

async function locate(name: ToolName): Promise<Tool> {
  const cached = join(cacheRoot, 'tools', name, 'usr/bin', name)
  const candidates = [
    ...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)),
    cached,
  ]
  for (const path of candidates) {
    if (existsSync(path) && (await majorVersion(name, path)) >= OLDEST[name]) return { path }
  }
  try {
    await cachedFolder(`tools/${name}`, (into) => unpackDebian({ suite: 'sid', packages: [name] }, into))
    return { path: cached }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return {
      missing: `${name} ${OLDEST[name]} or newer is not installed, and could not be fetched: ${reason}`,
    }
  }
}

async function majorVersion(name: ToolName, path: string): Promise<number> {
  const { output } = await run(path, [VERSION_ARGUMENT[name]])
  return Number(/v?(\d+)\.\d+\.\d+/.exec(output)?.[1] ?? 0)
}

/** Runs a program to its end; a failure is a result, not an error. */
export async function run(
  path: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<RunResult> {
  try {
    const { stdout, stderr } = await exec(path, [...args], { ...options, maxBuffer: 64 * 1024 * 1024 })
    return { code: 0, output: stdout || stderr }
  } catch (error) {
    const { code, stdout, stderr, message } = error as Error & {
      code?: unknown
      stdout?: string
      stderr?: string
    }
    return { code: typeof code === 'number' ? code : 1, output: `${stdout ?? ''}${stderr ?? ''}` || message }
  }
}
