import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  BigValueColorMode,
  LegendDisplayMode,
  LegendPlacement,
  StackingConfigBuilder,
  StackingMode,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  DashboardBuilder,
  DashboardLinkBuilder,
  DatasourceVariableBuilder,
  type Panel,
  QueryVariableBuilder,
  RowBuilder,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type VariableModel,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries'

/** One graph or number: what it shows, why one looks at it, and its queries with their legends. */
export interface PanelSpec {
  readonly title: string
  readonly description: string
  readonly unit: string
  readonly queries: Readonly<Record<string, string>>
  /** From this value on the number is yellow, or red. */
  readonly warnAt?: number
  readonly failAt?: number
  readonly stacked?: boolean
}

export interface DashboardSpec {
  readonly uid: string
  readonly title: string
  readonly description: string
  readonly variables: ReadonlyArray<Builder<VariableModel>>
  readonly rows: ReadonlyArray<{
    readonly title: string
    readonly numbers?: readonly PanelSpec[]
    readonly graphs?: readonly PanelSpec[]
  }>
}

// Whoever imports a dashboard chooses the Prometheus it reads: no fixed data source.
// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's syntax, not JavaScript's
const DATASOURCE = { type: 'prometheus', uid: '${datasource}' }

const LINKS = [
  ['Overview', 'hlstats-overview'],
  ['Consumer', 'hlstats-consumer'],
  ['Game servers', 'hlstats-game-servers'],
] as const

/** A variable that lists the values of a label. */
export function labelVariable(name: string, label: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(DATASOURCE)
    .query(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(1)
}

/** The classic JSON of a dashboard, which file provisioning, sidecars and people's imports all understand. */
export function buildDashboard(spec: DashboardSpec): string {
  const builder = new DashboardBuilder(spec.title)
    .uid(spec.uid)
    .description(spec.description)
    .tags(['hlstats'])
    .timezone('utc')
    .readonly()
    .time({ from: 'now-1h', to: 'now' })
    .refresh('30s')
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'))
    .links(
      LINKS.filter(([, uid]) => uid !== spec.uid).map(([title, uid]) =>
        new DashboardLinkBuilder(title).url(`/d/${uid}`).keepTime(true),
      ),
    )
  for (const variable of spec.variables) builder.withVariable(variable)
  for (const row of spec.rows) {
    builder.withRow(new RowBuilder(row.title))
    const numbers = row.numbers ?? []
    for (const spec of numbers)
      builder.withPanel(
        numberPanel(spec)
          .span(Math.floor(24 / numbers.length))
          .height(4),
      )
    for (const spec of row.graphs ?? []) builder.withPanel(graphPanel(spec).span(12).height(8))
  }
  const dashboard = builder.build()
  dashboard.panels?.forEach((panel, index) => {
    panel.id = index + 1
  })
  return `${JSON.stringify(dashboard, null, 2)}\n`
}

function numberPanel(spec: PanelSpec): StatBuilder {
  const panel = new StatBuilder().colorMode(BigValueColorMode.Background)
  describe(panel, spec)
  for (const query of queriesOf(spec)) panel.withTarget(query.instant())
  return panel.thresholds(thresholdsOf(spec))
}

function graphPanel(spec: PanelSpec): TimeseriesBuilder {
  const panel = new TimeseriesBuilder()
    .lineWidth(1)
    .fillOpacity(10)
    .min(0)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    )
  describe(panel, spec)
  if (spec.stacked === true) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'))
  for (const query of queriesOf(spec)) panel.withTarget(query.range())
  return panel
}

function describe(
  panel: StatBuilder | TimeseriesBuilder,
  { title, description, unit }: PanelSpec,
): Builder<Panel> {
  return panel.title(title).description(description).unit(unit).datasource(DATASOURCE)
}

function queriesOf({ queries }: PanelSpec): DataqueryBuilder[] {
  return Object.entries(queries).map(([legend, expr], index) =>
    new DataqueryBuilder()
      .refId(String.fromCharCode(65 + index))
      .datasource(DATASOURCE)
      .expr(expr)
      .legendFormat(legend),
  )
}

function thresholdsOf({ warnAt, failAt }: PanelSpec): ThresholdsConfigBuilder {
  const steps: Threshold[] = [
    // Grafana's base step has no value.
    { value: null, color: 'green' },
    ...(warnAt === undefined ? [] : [{ value: warnAt, color: 'yellow' }]),
    ...(failAt === undefined ? [] : [{ value: failAt, color: 'red' }]),
  ]
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps)
}
