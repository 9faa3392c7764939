import { Construct } from 'constructs';
import { COLLECTOR_ACCOUNTS } from '../../model/controllers';
import { Site, arn, logGroupName } from '../../model/naming';
import { PodRole } from '../identity/pod-role';

/** Collectors write to what is there, and make nothing. */
export class CollectorRoles extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { site, workspaceArn }: { readonly site: Site; readonly workspaceArn: string },
  ) {
    super(scope, id);
    new PodRole(this, 'logs', {
      site,
      name: 'log-collector',
      ...COLLECTOR_ACCOUNTS.logs,
      statements: [
        {
          sid: 'WriteLogs',
          actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          resources: [
            arn(site, 'logs', `log-group:${logGroupName(site, '*')}`),
            arn(site, 'logs', `log-group:${logGroupName(site, '*')}:log-stream:*`),
          ],
        },
      ],
    });
    new PodRole(this, 'signals', {
      site,
      name: 'signal-collector',
      ...COLLECTOR_ACCOUNTS.signals,
      statements: [
        { sid: 'WriteMetrics', actions: ['aps:RemoteWrite'], resources: [workspaceArn] },
        {
          sid: 'WriteTraces',
          actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
          // Traces belong to the account as a whole: there is no resource to name.
          resources: ['*'],
        },
      ],
    });
  }
}
