import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { copyFile, cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Outcome } from './check.ts'
import { parseManifests } from './manifest.ts'
import { policyProblems } from './manifest-policies.ts'
import { schemaProblems, unknownFieldProblems } from './manifest-schemas.ts'
import { run, tool } from './tools.ts'

/** Renders every overlay and checks what comes out: values, unknown fields, and our own rules. */
export async function checkManifests(root: string): Promise<readonly Outcome[]> {
  const kustomize = await tool('kustomize')
  if ('missing' in kustomize) return [{ name: 'manifests', problems: [], skipped: kustomize.missing }]
  const overlays = readdirSync(join(root, 'k8s/overlays'))
  const outcomes = overlays.map(async (overlay): Promise<Outcome> => {
    const name = `manifests of ${overlay}`
    const rendered = await render(kustomize.path, root, overlay)
    if (rendered.code !== 0) return { name, problems: [rendered.output.trim()] }
    const manifests = parseManifests(rendered.output)
    const values = (await Promise.all(manifests.map(schemaProblems))).flat()
    return {
      name,
      problems: [...values, ...unknownFieldProblems(manifests), ...policyProblems(manifests, root)],
    }
  })
  return Promise.all(outcomes)
}

// In a copy, because an overlay's *.env files are the operator's: the examples stand in for them.
async function render(kustomize: string, root: string, overlay: string) {
  const copy = join(root, '.cache', `render-${randomUUID()}`)
  try {
    await mkdir(copy, { recursive: true })
    await cp(join(root, 'k8s'), join(copy, 'k8s'), { recursive: true })
    await cp(join(root, 'deploy/grafana'), join(copy, 'deploy/grafana'), { recursive: true })
    const folder = join(copy, 'k8s/overlays', overlay)
    for (const file of readdirSync(folder).filter((entry) => entry.endsWith('.env.example'))) {
      await copyFile(join(folder, file), join(folder, file.replace(/\.example$/, '')))
    }
    return await run(kustomize, ['build', folder])
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}
