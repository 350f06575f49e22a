// Boundaries as errors, not advice. Layers, lowest first: a lib imports only those before it.
const layers = [
  'errors',
  'events',
  'config',
  'telemetry',
  'game-logs',
  'database',
  'infrastructure',
  'service',
  'testkit',
]

const tests = '(\\.test\\.ts$|^vitest\\.config\\.ts$|-of-test\\.ts$)'

const layerRules = layers.map((layer, index) => ({
  name: `layer-${layer}`,
  severity: 'error',
  comment: `libs/${layer} may import only the layers below it; its tests may use the testkit`,
  from: { path: `^libs/${layer}/`, pathNot: tests },
  to: { path: `^libs/(${layers.slice(index + 1).join('|') || 'nothing-above'})/` },
}))

const only = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: '^(libs|services|cli)/', pathNot: from },
  to: { path: to },
})

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'services-are-islands',
      severity: 'error',
      from: { path: '^services/([^/]+)/', pathNot: '^services/standalone/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'libs-below-services',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(services|cli|e2e|bench)/' },
    },
    { name: 'nobody-imports-main', severity: 'error', from: {}, to: { path: '/main\\.ts$' } },
    {
      name: 'one-door-per-lib',
      severity: 'error',
      from: { path: '^(libs|services|cli|e2e|bench)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/$2/', '/src/index\\.ts$'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: '/src/rules/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['/src/rules/', '^libs/(events|game-logs)/src/index\\.ts$'] },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      from: {
        pathNot: '(\\.test\\.ts$|-of-test\\.ts$|^libs/testkit/|^e2e/|^bench/|^scripts/|vitest\\.config)',
      },
      to: { path: '(\\.test\\.ts$|-of-test\\.ts$|^libs/testkit/)' },
    },
    {
      name: 'no-undeclared',
      severity: 'error',
      from: { pathNot: tests },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-undeclared-in-tests',
      severity: 'error',
      comment: 'the test runner and the property tester are declared once, in the root package.json',
      from: { path: tests },
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown'],
        pathNot: '^node_modules/(vitest|@vitest|fast-check)/',
      },
    },
    only(
      'amqp-in-queue',
      '^libs/(infrastructure/src/queue|testkit)/',
      'node_modules/(amqplib|amqp-connection-manager)/',
    ),
    only('prisma-in-database', '^libs/database/', 'node_modules/(@prisma|prisma)/'),
    // testkit looks at the database from outside the code under test.
    only('mariadb-in-database', '^libs/(database|testkit)/', 'node_modules/mariadb/'),
    only('telemetry-libs', '^libs/telemetry/', 'node_modules/(pino|prom-client)/'),
    only(
      'dgram-in-udp',
      '(/udp[^/]*\\.ts$|\\.test\\.ts$|^libs/testkit/|^cli/src/(simulate|replay))',
      '^(node:)?dgram$',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(generated|node_modules/\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
