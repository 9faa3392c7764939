import { Construct } from 'constructs';
import { AlertRoutes } from '../constructs/observability/alert-routes';
import { Metrics } from '../constructs/observability/metrics';
import { observabilityContract } from '../model/contracts';
import { platformStack } from '../model/naming';
import { PlatformFacts } from '../model/resolved';
import { AwsStack } from './base';

/** Where signals go: metrics to the workspace, alerts to the topic of their severity. */
export class ObservabilityStack extends AwsStack {
  constructor(scope: Construct, { platform }: { readonly platform: PlatformFacts }) {
    super(scope, platformStack(platform, 'observability'), platform);
    new AlertRoutes(this, 'alerts', {
      site: platform,
      told: { page: platform.pages ?? [], ticket: platform.tickets ?? [] },
    });
    const { workspace } = new Metrics(this, 'metrics', { site: platform });
    this.publish(observabilityContract, { 'metrics-workspace-id': workspace.id });
  }
}
