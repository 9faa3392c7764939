import { Construct } from 'constructs';
import { PlatformChart } from '../constructs/chart/platform-chart';
import { PlatformSpace } from '../constructs/space/platform-space';
import { collector } from '../constructs/telemetry/collector';
import { logCollector } from '../constructs/telemetry/logs';
import { nodeMetrics, stateMetrics } from '../constructs/telemetry/node-metrics';
import { observabilityContract } from '../model/contracts';
import { platformStack } from '../model/naming';
import { PlatformFacts } from '../model/resolved';
import { PlatformClusterStack } from './cluster-access';

/** What carries logs, metrics and traces out of the cluster. */
export class TelemetryStack extends PlatformClusterStack {
  constructor(scope: Construct, { platform }: { readonly platform: PlatformFacts }) {
    super(scope, 'telemetry', platform);
    const observability = this.read(platformStack(platform, 'observability'), observabilityContract);
    const { namespace } = new PlatformSpace(this, 'space', { platform, name: 'platform-telemetry' });
    const charts = new Construct(this, 'charts');
    // Daemons that mount folders of their node live where the controllers stack lets them.
    new PlatformChart(charts, 'logs', { ...logCollector(platform), after: [] });
    new PlatformChart(charts, 'node-metrics', { ...nodeMetrics(platform), after: [] });
    new PlatformChart(charts, 'state-metrics', { ...stateMetrics(platform), after: [namespace] });
    new PlatformChart(charts, 'collector', {
      ...collector(platform, observability['metrics-workspace-id']),
      after: [namespace],
    });
  }
}
