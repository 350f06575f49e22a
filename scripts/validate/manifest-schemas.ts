import { fileURLToPath } from 'node:url'
import { Compile } from 'typebox/compile'
import ts from 'typescript'
import { type Manifest, nameOf } from './manifest.ts'
import { RABBITMQ_CLUSTER } from './rabbitmq-cluster.schema.ts'

// What has no published models: its schema stands here, strict, for the fields we use.
const OWN_SCHEMAS = new Map([['rabbitmq.com/v1beta1 RabbitmqCluster', Compile(RABBITMQ_CLUSTER)]])

const MODELS: Record<string, string> = {
  'keda.sh': '@kubernetes-models/keda',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
}

/** The module that has the model of an object: `kubernetes-models/apps/v1`. */
function modelOf({ apiVersion }: Manifest): string {
  const group = apiVersion.split('/')[0] ?? ''
  return `${MODELS[group] ?? 'kubernetes-models'}/${apiVersion}`
}

function ownSchemaOf({ apiVersion, kind }: Manifest) {
  return OWN_SCHEMAS.get(`${apiVersion} ${kind}`)
}

/** Wrong types, values and missing fields, by the schema of the object's kind. */
export async function schemaProblems(manifest: Manifest): Promise<readonly string[]> {
  const own = ownSchemaOf(manifest)
  if (own !== undefined) {
    return [...own.Errors(manifest)].map(
      ({ instancePath, message }) => `${nameOf(manifest)}${instancePath}: ${message}`,
    )
  }
  try {
    const models = await import(modelOf(manifest))
    new models[manifest.kind](manifest).validate()
    return []
  } catch (error) {
    return [`${nameOf(manifest)}: ${error instanceof Error ? error.message : String(error)}`]
  }
}

const parsed = new Map<string, ts.SourceFile | undefined>()

// The models are large and never change while this runs: they are parsed once, not once per overlay.
function remembered(name: string, read: () => ts.SourceFile | undefined): ts.SourceFile | undefined {
  if (!parsed.has(name)) parsed.set(name, read())
  return parsed.get(name)
}

/** Fields that the kind does not have: each object becomes a typed literal, and the compiler looks for excess properties. */
export function unknownFieldProblems(manifests: readonly Manifest[]): readonly string[] {
  const typed = manifests.filter((manifest) => ownSchemaOf(manifest) === undefined)
  const source = typed.map(
    (manifest, index) =>
      `import type { I${manifest.kind} as T${index} } from '${modelOf(manifest)}'\nexport const o${index}: T${index} = ${JSON.stringify(manifest)}`,
  )
  // Beside this file in name only, so that packages resolve from here.
  const fileName = fileURLToPath(new URL('./rendered-objects.ts', import.meta.url))
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  }
  const host = ts.createCompilerHost(options)
  const read = host.getSourceFile.bind(host)
  host.getSourceFile = (name, ...rest) =>
    name === fileName
      ? ts.createSourceFile(name, source.join('\n'), ts.ScriptTarget.ES2024)
      : remembered(name, () => read(name, ...rest))
  const program = ts.createProgram([fileName], options, host)
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const line = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0
    const manifest = typed[Math.floor(line / 2)]
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')
    return `${manifest === undefined ? 'objects' : nameOf(manifest)}: ${text}`
  })
}
