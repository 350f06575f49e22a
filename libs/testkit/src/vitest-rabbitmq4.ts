import { dockerBroker, firstBackend, givenBroker, rabbitOfRelease } from './backends.ts'
import { announceRabbit4, wantedRabbitRelease } from './test-run.ts'

/** The part of vitest's project that is needed here. */
interface TestProject {
  readonly config: {
    readonly env: Readonly<Record<string, unknown>>
    testNamePattern?: RegExp | undefined
  }
}

const NO_TEST = /(?!)/

/** Vitest calls this for the project whose tests run on RabbitMQ 4 as well: a broker for them, or all of them are skipped. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { HLSTATS_TEST_AMQP_URL_4, HLSTATS_TEST_MANAGEMENT_URL_4 } = process.env
  const release = wantedRabbitRelease(String(project.config.env.HLSTATS_TEST_ON_RABBITMQ)) ?? '4'
  const given = givenBroker('HLSTATS_TEST_AMQP_URL_4', HLSTATS_TEST_AMQP_URL_4, HLSTATS_TEST_MANAGEMENT_URL_4)
  const report = (line: string) => void process.stderr.write(`${line}\n`)
  const broker = await firstBackend(given, dockerBroker(report), rabbitOfRelease(release))
  if (broker === undefined) {
    project.config.testNamePattern = NO_TEST
    return undefined
  }
  announceRabbit4(broker)
  return () => broker.stop()
}
