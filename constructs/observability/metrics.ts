import { PrometheusAlertManagerDefinition } from '@cdktf/provider-aws/lib/prometheus-alert-manager-definition';
import { PrometheusWorkspace } from '@cdktf/provider-aws/lib/prometheus-workspace';
import { Construct } from 'constructs';
import { Site, alertTopicArn } from '../../model/naming';
import { SEVERITIES } from '../../model/signals';

/** Where metrics are kept, and where alerts that rules raise go: the topic of their severity. */
export class Metrics extends Construct {
  readonly workspace: PrometheusWorkspace;

  constructor(scope: Construct, id: string, { site }: { readonly site: Site }) {
    super(scope, id);
    this.workspace = new PrometheusWorkspace(this, 'Resource', {
      alias: site.platform,
      lifecycle: { preventDestroy: true },
    });
    new PrometheusAlertManagerDefinition(this, 'routes', {
      workspaceId: this.workspace.id,
      definition: alertManagerDefinition(site),
    });
  }
}

/** https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-config.html */
const alertManagerDefinition = (site: Site): string =>
  [
    'alertmanager_config: |',
    '  route:',
    `    receiver: ${SEVERITIES[1]}`,
    '    group_by: [alertname, product, subject]',
    '    routes:',
    ...SEVERITIES.flatMap((severity) => [
      `      - receiver: ${severity}`,
      `        matchers: ['severity="${severity}"']`,
    ]),
    '  receivers:',
    ...SEVERITIES.flatMap((severity) => [
      `    - name: ${severity}`,
      '      sns_configs:',
      `        - topic_arn: ${alertTopicArn(site, severity)}`,
      '          sigv4:',
      `            region: ${site.region}`,
    ]),
    '',
  ].join('\n');
