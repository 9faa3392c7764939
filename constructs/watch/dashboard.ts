import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { Construct } from 'constructs';
import { ProductSite, productName } from '../../model/naming';
import { Known } from '../../model/refs';
import { CloudWatchMeasure, Signal } from '../../model/signals';
import { Watched } from '../../model/watched';

export interface DashboardProps {
  readonly site: ProductSite;
  readonly watched: readonly Watched[];
  readonly known: (value: Known) => string;
}

/**
 * Everything that is watched of a product, on one page: a band for each thing, its signals with the line at which they
 * are bad. What the metrics workspace measures is named, because CloudWatch cannot draw it.
 */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { site, watched, known }: DashboardProps) {
    super(scope, id);
    const bands = watched.filter(({ signals, charts }) => signals.length + charts.length > 0);
    const { widgets } = bands.reduce<{ readonly top: number; readonly widgets: readonly object[] }>(
      ({ top, widgets: above }, thing) => {
        const band = bandOf(thing, site, known);
        return { top: top + band.height, widgets: [...above, ...band.widgets(top)] };
      },
      { top: 0, widgets: [] },
    );
    new CloudwatchDashboard(this, 'Resource', {
      dashboardName: productName(site),
      dashboardBody: JSON.stringify({ widgets }),
    });
  }
}

/** A page is this wide, whatever it is shown on. */
const WIDTH = 24;
const COLUMNS = 3;
const HEADING = 1;
const GRAPH = 6;
const LINE = 1;

const bandOf = ({ subject, signals, charts }: Watched, { region }: ProductSite, known: DashboardProps['known']) => {
  const drawn = [
    ...charts.map(({ title, measure }) => graph(title, measure, region, known)),
    ...signals.flatMap((signal) =>
      signal.measure.source === 'cloudwatch' ? [graph(signal.id, signal.measure, region, known, signal)] : [],
    ),
  ];
  const named = signals.flatMap(({ id, meaning, measure }) =>
    measure.source === 'prometheus' ? [`- **${id}**: ${meaning}`] : [],
  );
  const rows = Math.ceil(drawn.length / COLUMNS);
  const words = named.length === 0 ? 0 : named.length * LINE + 1;
  return {
    height: HEADING + rows * GRAPH + words,
    widgets: (top: number): readonly object[] => [
      { type: 'text', ...at(0, top, WIDTH, HEADING), properties: { markdown: `## ${subject}` } },
      ...drawn.map((properties, index) => ({
        type: 'metric',
        ...at(
          (index % COLUMNS) * (WIDTH / COLUMNS),
          top + HEADING + Math.floor(index / COLUMNS) * GRAPH,
          WIDTH / COLUMNS,
          GRAPH,
        ),
        properties,
      })),
      ...(named.length === 0
        ? []
        : [
            {
              type: 'text',
              ...at(0, top + HEADING + rows * GRAPH, WIDTH, words),
              properties: { markdown: ['In the metrics workspace:', ...named].join('\n') },
            },
          ]),
    ],
  };
};

const at = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

const graph = (
  title: string,
  { namespace, metric, statistic, dimensions }: CloudWatchMeasure,
  region: string,
  known: DashboardProps['known'],
  signal?: Signal,
) => ({
  title,
  region,
  view: 'timeSeries',
  stat: statistic,
  period: 300,
  metrics: [[namespace, metric, ...Object.entries(dimensions).flatMap(([name, value]) => [name, known(value)])]],
  ...(signal && { annotations: { horizontal: [{ label: signal.meaning, value: signal.bad.threshold }] } }),
});
