import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkCompose } from './compose.ts'
import { checkDashboards } from './dashboards.ts'
import { checkDockerfile } from './dockerfile.ts'
import { checkGeneratedFiles } from './generated.ts'
import { checkMetricNames } from './metric-names.ts'
import { copyOfProject, type PlantedError } from './planted-error.ts'
import { checkPrometheus } from './prometheus.ts'
import { checkSettings } from './settings.ts'
import { tool } from './tools.ts'

let project: ReturnType<typeof copyOfProject>

beforeAll(() => {
  project = copyOfProject()
})

afterAll(() => project.remove())

describe.skipIf('missing' in (await tool('promtool')))('the check of Prometheus finds', () => {
  it.each<[string, PlantedError, RegExp]>([
    [
      'a setting that does not exist',
      ['deploy/prometheus/prometheus.yml', 'scrape_interval: 15s', 'scrape_intervall: 15s'],
      /scrape_intervall/,
    ],
    [
      'a broken target list of compose',
      ['deploy/prometheus/scrape.compose.yml', 'type: A', 'type: Z'],
      /scrape.compose.yml: .*type/s,
    ],
    [
      'a rule that is not PromQL',
      ['deploy/prometheus/rules/alerts.yml', 'up{job="hlstats"} == 0', 'up{job="hlstats"} === 0'],
      /parse error/,
    ],
    [
      'an alert that no longer fires when it should',
      ['deploy/prometheus/rules/alerts.yml', 'p99_rate5m > 30', 'p99_rate5m > 300'],
      /rule tests.*HlstatsEventsLate/s,
    ],
    [
      'an alert that fires too early',
      ['deploy/prometheus/rules/alerts.yml', '== 0\n        for: 2m', '== 0'],
      /rule tests.*HlstatsTargetDown/s,
    ],
  ])('%s', async (_what, error, message) => {
    expect(await project.plant(checkPrometheus, error)).toMatch(message)
  })
})

describe('the check of runbooks finds', () => {
  it.each<[string, PlantedError, RegExp]>([
    [
      'an alert without a runbook',
      ['deploy/prometheus/rules/alerts.yml', 'runbooks/events-late.md', 'runbooks/events-lat.md'],
      /HlstatsEventsLate has no runbook/,
    ],
    [
      'an alert without a test',
      [
        'deploy/prometheus/tests/alerts.test.yml',
        'alertname: HlstatsEventsParked\n        exp_alerts:\n',
        'alertname: HlstatsEventsParked\n        exp_alerts: []\n        x:\n',
      ],
      /no test sees HlstatsEventsParked fire/,
    ],
  ])('%s', async (_what, error, message) => {
    expect(await project.plant(checkPrometheus, error)).toMatch(message)
  })
})

describe('the check of dashboards finds', () => {
  const file = 'deploy/grafana/dashboards/overview.json'
  it.each<[string, PlantedError, RegExp]>([
    ['a query that is not PromQL', [file, 'sum by (kind) (rate(', 'sum by (kind (rate('], /not PromQL/],
    [
      'a counter without a rate',
      [
        file,
        'sum(rate(hlstats_events_published_total[$__rate_interval]))',
        'sum(hlstats_events_published_total)',
      ],
      /counter hlstats_events_published_total/,
    ],
    [
      'a panel without a description',
      [file, '"description": "Resident memory of each process."', '"description": ""'],
      /panel "Memory" has no description/,
    ],
    ['a panel without a unit', [file, '"unit": "bytes"', '"unit": ""'], /has no unit/],
    ['a fixed data source', [file, '{datasource}"', '{prometheus}"'], /fixed data source/],
    ['a dashboard that people can edit', [file, '"editable": false', '"editable": true'], /can be edited/],
  ])('%s', async (_what, error, message) => {
    expect(await project.plant(checkDashboards, error)).toMatch(message)
  })
})

describe('the check of metric names finds', () => {
  it.each<[string, PlantedError, RegExp]>([
    [
      'a metric in a rule that no service has',
      ['deploy/prometheus/rules/alerts.yml', 'hlstats_publisher_sending', 'hlstats_publisher_sendign'],
      /alerts.yml speaks of hlstats_publisher_sendign/,
    ],
    [
      'a metric that a service does not have any more',
      ['docs/telemetry.md', '| `hlstats_ingress_players`', '| `hlstats_ingress_people`'],
      /game-servers.json speaks of hlstats_ingress_players/,
    ],
  ])('%s', async (_what, error, message) => {
    expect(await project.plant(checkMetricNames, error)).toMatch(message)
  })
})

describe('the check of settings finds', () => {
  it.each<[string, PlantedError, RegExp]>([
    [
      'a variable that no service knows',
      ['k8s/base/ingress/statefulset.yaml', 'INGRESS_JOURNAL_DIR', 'INGRESS_JOURNAL_FOLDER'],
      /ingress sets INGRESS_JOURNAL_FOLDER/,
    ],
    [
      'a wrong variable for all of them',
      ['k8s/base/shared/hlstats.env', 'PARTITIONS=', 'PARTITION='],
      /hlstats.env sets PARTITION,/,
    ],
    [
      'a port that the service does not have',
      ['docs/config.md', '| `MATCH_HTTP_PORT` | `8083`', '| `MATCH_HTTP_PORT` | `8093`'],
      /match has port 8083 instead of 8093/,
    ],
    [
      'a wrong variable in the compose file',
      ['docker-compose.yml', 'AMQP_URL:', 'AMPQ_URL:'],
      /compose sets AMPQ_URL for ingress/,
    ],
    [
      'a wrong variable of standalone',
      ['docker-compose.standalone.yml', 'STANDALONE_DATA_DIR:', 'STANDALONE_DATA_FOLDER:'],
      /compose sets STANDALONE_DATA_FOLDER for standalone/,
    ],
    [
      'a container asked at a wrong port',
      ['docker-compose.yml', 'localhost:8082/', 'localhost:8081/'],
      /compose asks weapon at another port/,
    ],
    [
      'a scrape of a wrong port',
      ['deploy/prometheus/scrape.compose.yml', 'port: 8084', 'port: 8085'],
      /scrape.compose.yml does not ask shadow-consumer at 8084/,
    ],
  ])('%s', async (_what, error, message) => {
    expect(await project.plant(checkSettings, error)).toMatch(message)
  })
})

describe('the check of generated files finds', () => {
  it('a dashboard changed by hand', async () => {
    const error: PlantedError = [
      'deploy/grafana/dashboards/overview.json',
      '"title": "Memory"',
      '"title": "RAM"',
    ]
    expect(await project.plant(checkGeneratedFiles, error)).toContain('overview.json is not what')
  })

  it('rules that the operator would not get', async () => {
    const error: PlantedError = ['deploy/prometheus/rules/alerts.yml', 'p99_rate5m > 30', 'p99_rate5m > 20']
    expect(await project.plant(checkGeneratedFiles, error)).toContain('rules.yaml is not what')
  })
})

describe.skipIf('missing' in (await tool('docker-compose')))('the check of compose finds', () => {
  it.each<[string, PlantedError, RegExp]>([
    [
      'a setting that does not exist',
      ['docker-compose.yml', 'restart: unless-stopped', 'restrat: unless-stopped'],
      /restrat/,
    ],
    [
      'a variable that the example does not have',
      ['.env.example', 'GRAFANA_PASSWORD=', 'GRAFANA_PASWORD='],
      /GRAFANA_PASSWORD/,
    ],
    [
      'a dependency that does not exist',
      ['docker-compose.yml', '      prometheus:\n        condition', '      prometeus:\n        condition'],
      /prometeus/,
    ],
    [
      'a mounted file that does not exist',
      ['docker-compose.yml', './deploy/prometheus/rules:', './deploy/prometheus/ruels:'],
      /ruels, which does not exist/,
    ],
    [
      'a program that does not exist',
      ['docker-compose.yml', '[services/match/src/main.ts]', '[services/mach/src/main.ts]'],
      /services\/mach/,
    ],
    [
      'a password in the file',
      ['docker-compose.yml', 'ADMIN_PASSWORD: ', 'ADMIN_PASSWORD: admin # '],
      /GF_SECURITY_ADMIN_PASSWORD in the file/,
    ],
    [
      'an image of any version',
      ['docker-compose.yml', 'mariadb:11.8', 'mariadb:latest'],
      /may be any version/,
    ],
    [
      'a password that standalone would ask for',
      ['docker-compose.standalone.yml', 'sqlite:/var', `sqlite:$\{SECRET:?is missing}/var`],
      /SECRET is missing/,
    ],
  ])('%s', async (_what, error, message) => {
    expect(await project.plant(checkCompose, error)).toMatch(message)
  })
})

describe('the check of the Dockerfile finds', () => {
  const file = 'deploy/docker/Dockerfile'
  it.each<[string, PlantedError, RegExp]>([
    [
      'a base of any version',
      [file, 'node:24.11-bookworm-slim', 'node:latest'],
      /base node:latest may be any version/,
    ],
    ['a process that is root', [file, 'USER 1000:1000\n', ''], /runs as root/],
    [
      'a workspace that is not installed',
      [file, 'COPY services/match/package.json services/match/\n', ''],
      /does not copy services\/match\/package.json/,
    ],
    ['a user by name', [file, 'USER 1000:1000', 'USER node'], /runs as root, or as a name/],
    [
      'a command run by a shell',
      [file, 'CMD ["cli/src/main.ts", "--help"]', 'CMD cli/src/main.ts --help'],
      /run by a shell/,
    ],
    [
      'a bound that the others have',
      [file, ', "--max-old-space-size=256"', ''],
      /does not run Node with --max-old/,
    ],
    [
      'a file that is kept from the builder',
      ['.dockerignore', '!bench/package.json\n', ''],
      /copies bench\/package.json, which .dockerignore keeps out/,
    ],
    [
      'a stage that does not exist',
      [file, '--from=production', '--from=productoin'],
      /productoin, which is no stage/,
    ],
    ['a word that is no instruction', [file, 'WORKDIR /app', 'WORKDRI /app'], /WORKDRI is no instruction/],
  ])('%s', async (_what, error, message) => {
    expect(await project.plant(checkDockerfile, error)).toMatch(message)
  })
})
