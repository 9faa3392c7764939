import { Construct } from 'constructs';
import { AlertRoutes } from '../constructs/observability/alert-routes';
import { CollectorRoles } from '../constructs/observability/collector-roles';
import { Metrics } from '../constructs/observability/metrics';
import { PlatformLogs } from '../constructs/observability/platform-logs';
import { observabilityContract } from '../model/contracts';
import { platformStack } from '../model/naming';
import { PlatformFacts } from '../model/resolved';
import { AwsStack } from './base';

/** Where signals go: metrics to the workspace, logs to their groups, alerts to the topic of their severity. */
export class ObservabilityStack extends AwsStack {
  constructor(scope: Construct, { platform }: { readonly platform: PlatformFacts }) {
    super(scope, platformStack(platform, 'observability'), platform);
    new AlertRoutes(this, 'alerts', {
      site: platform,
      told: { page: platform.pages ?? [], ticket: platform.tickets ?? [] },
    });
    const { workspace } = new Metrics(this, 'metrics', { site: platform });
    new PlatformLogs(this, 'logs', { platform });
    new CollectorRoles(this, 'collectors', { site: platform, workspaceArn: workspace.arn });
    this.publish(observabilityContract, { 'metrics-workspace-id': workspace.id });
  }
}
