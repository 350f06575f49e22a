import { globSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { NODE_FLAGS } from '@hlstats/testkit'
import { type Dockerfile, DockerfileParser } from 'dockerfile-ast'
import type { Outcome } from './check.ts'

const INSTRUCTIONS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL RUN STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
)

/** Our rules for the image: pinned bases, more than one stage, a numeric user that is not root, a command as a list. */
export async function checkDockerfile(root: string): Promise<readonly Outcome[]> {
  const dockerfile = DockerfileParser.parse(readFileSync(join(root, 'deploy/docker/Dockerfile'), 'utf8'))
  const problems = [
    ...unknownInstructions(dockerfile),
    ...stageProblems(dockerfile),
    ...userProblems(dockerfile),
    ...commandProblems(dockerfile),
    ...flagProblems(dockerfile),
    ...workspaceProblems(dockerfile, root),
    ...ignoredProblems(dockerfile, root),
  ]
  return [{ name: 'Dockerfile', problems }]
}

function unknownInstructions(dockerfile: Dockerfile): readonly string[] {
  return dockerfile
    .getInstructions()
    .filter((instruction) => !INSTRUCTIONS.has(instruction.getKeyword()))
    .map((instruction) => `${instruction.getInstruction()} is no instruction`)
}

function stageProblems(dockerfile: Dockerfile): readonly string[] {
  const froms = dockerfile.getFROMs()
  const stages = froms.map((from) => from.getBuildStage())
  const copiedFrom = dockerfile
    .getCOPYs()
    .flatMap((copy) => copy.getFlags().filter((flag) => flag.getName() === 'from'))
    .map((flag) => flag.getValue())
  return [
    ...froms
      .filter((from) => !stages.includes(from.getImage()) && !/^\d+(\.\d+)*-/.test(from.getImageTag() ?? ''))
      .map((from) => `the base ${from.getImage()} may be any version`),
    ...copiedFrom
      .filter((stage) => !stages.includes(stage))
      .map((stage) => `copies from ${stage}, which is no stage`),
    ...(froms.length > 1 ? [] : ['has one stage: what only building needs stays in the image']),
  ]
}

function userProblems(dockerfile: Dockerfile): readonly string[] {
  const instructions = dockerfile.getInstructions()
  const start = instructions.findLastIndex((instruction) => instruction.getKeyword() === 'FROM')
  const user = instructions.slice(start).findLast((instruction) => instruction.getKeyword() === 'USER')
  if (/^[1-9]\d*(:[1-9]\d*)?$/.test(user?.getArgumentsContent() ?? '')) return []
  return ['runs as root, or as a name, of which Kubernetes cannot tell that it is not root']
}

function commandProblems(dockerfile: Dockerfile): readonly string[] {
  return [...dockerfile.getENTRYPOINTs(), ...dockerfile.getCMDs()]
    .filter((instruction) => !instruction.getArgumentsContent()?.startsWith('['))
    .map((instruction) => `${instruction.getKeyword()} is run by a shell, which does not pass SIGTERM on`)
}

/** What is measured here is what runs there. */
function flagProblems(dockerfile: Dockerfile): readonly string[] {
  const entry = dockerfile.getENTRYPOINTs().at(-1)?.getArgumentsContent() ?? ''
  return NODE_FLAGS.filter((flag) => !entry.includes(`"${flag}"`)).map(
    (flag) => `does not run Node with ${flag}, as services are run everywhere else`,
  )
}

/** Without the package.json of every workspace `npm ci` refuses the lock file. */
function workspaceProblems(dockerfile: Dockerfile, root: string): readonly string[] {
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    workspaces: string[]
  }
  const copied = dockerfile.getCOPYs().map((copy) => copy.getArgumentsContent() ?? '')
  return workspaces
    .flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: root }))
    .filter((file) => !copied.includes(`${file} ${file.replace('package.json', '')}`))
    .map((file) => `does not copy ${file} before npm ci`)
}

/** A file that .dockerignore keeps from the builder cannot be copied. */
function ignoredProblems(dockerfile: Dockerfile, root: string): readonly string[] {
  const rules = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  const isIgnored = (file: string) =>
    rules.reduce((ignored, rule) => {
      const isException = rule.startsWith('!')
      const pattern = isException ? rule.slice(1) : rule
      const isNamed = matchesGlob(file, pattern) || matchesGlob(file, `${pattern}/**`)
      return isNamed ? !isException : ignored
    }, false)
  return dockerfile
    .getCOPYs()
    .filter((copy) => copy.getFlags().every((flag) => flag.getName() !== 'from'))
    .flatMap((copy) => (copy.getArgumentsContent() ?? '').split(/\s+/).slice(0, -1))
    .filter(isIgnored)
    .map((file) => `copies ${file}, which .dockerignore keeps out`)
}
