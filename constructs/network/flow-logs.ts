import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import { PlatformFacts } from '../../model/resolved';
import { platformName } from '../../model/naming';
import { EncryptionKey, logsService } from '../key/encryption-key';
import { logGroup } from '../logs/log-group';
import { assumedBy, ofAccount, policyDocument } from '../policy/policy';

/** Who talked to whom, kept as long as the platform keeps logs. */
export class FlowLogs extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { platform, vpcId }: { readonly platform: PlatformFacts; readonly vpcId: string },
  ) {
    super(scope, id);
    const key = new EncryptionKey(this, 'key', {
      site: platform,
      alias: platformName(platform, 'network'),
      description: `Flow logs of ${platform.platform}`,
      kept: true,
      services: [logsService(platform)],
    });
    const group = logGroup(this, 'group', {
      name: `/groundplan/${platform.platform}/flow`,
      retentionInDays: platform.logDays,
      keyArn: key.arn,
    });
    const role = new IamRole(this, 'role', {
      name: platformName(platform, 'flow-logs'),
      assumeRolePolicy: assumedBy(
        this,
        'trust',
        'vpc-flow-logs.amazonaws.com',
        ['sts:AssumeRole'],
        [ofAccount(platform)],
      ),
    });
    new IamRolePolicy(this, 'rights', {
      name: 'write',
      role: role.id,
      policy: policyDocument(this, 'rights-document', [
        {
          sid: 'Write',
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
          resources: [`${group.arn}:*`],
        },
      ]),
    });
    new FlowLog(this, 'Resource', {
      vpcId,
      trafficType: 'ALL',
      logDestination: group.arn,
      iamRoleArn: role.arn,
      tags: { Name: platformName(platform, 'flow') },
    });
  }
}
