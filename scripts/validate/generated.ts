import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedFiles } from '../generated-files.ts'
import type { Outcome } from './check.ts'

/** Files that are made from others are as they would be made now. */
export async function checkGeneratedFiles(root: string): Promise<readonly Outcome[]> {
  const problems = [...generatedFiles(root)]
    .filter(([path, content]) => {
      const file = join(root, path)
      return !existsSync(file) || readFileSync(file, 'utf8') !== content
    })
    .map(([path]) => `${path} is not what its source gives: npm run validate -- --fix`)
  return [{ name: 'generated files', problems }]
}
