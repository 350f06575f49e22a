import { parseAllDocuments } from 'yaml'

/** One rendered Kubernetes object. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Record<string, string>
  }
  readonly [field: string]: unknown
}

/** The objects of a rendered stream. */
export function parseManifests(text: string): readonly Manifest[] {
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest)
}

/** `StatefulSet/player`: how problems name an object. */
export function nameOf(manifest: Manifest): string {
  return `${manifest.kind}/${manifest.metadata.name}`
}
