import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { AssetType, Fn, TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';
import { join } from 'node:path';
import { baselineOrigin } from '../../model/baseline';
import { ProductSite, accessFunctionName, arn, loginPrefix, storeName } from '../../model/naming';
import { logGroup } from '../logs/log-group';
import { Opening } from '../network/opening';
import { Statement, assumedBy, policyDocument } from '../policy/policy';
import { Surroundings } from './builder';

export interface AccessFunctionProps extends Surroundings {
  readonly identity: string;
  readonly database: {
    readonly host: string;
    readonly port: number;
    readonly name: string;
    readonly groupId: string;
    readonly masterSecretArn: string;
  };
}

/**
 * Makes the users of one database, changes their passwords, and takes away what no edge asks for any more. It knows no
 * service: each brings a secret of its own, and says in its tags what it may do.
 */
export class AccessFunction extends Construct {
  constructor(scope: Construct, id: string, props: AccessFunctionProps) {
    super(scope, id);
    const { identity, database, site, platform, keyArn } = props;
    const name = accessFunctionName(site, identity);
    const logs = logGroup(this, 'logs', {
      name: `/aws/lambda/${name}`,
      retentionInDays: platform.logDays,
      keyArn,
    });
    const role = new IamRole(this, 'role', {
      name,
      assumeRolePolicy: assumedBy(this, 'trust', 'lambda.amazonaws.com'),
    });
    const network = new IamRolePolicyAttachment(this, 'network-rights', {
      role: role.name,
      policyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole',
    });
    const rights = new IamRolePolicy(this, 'rights', {
      name: 'access',
      role: role.id,
      policy: policyDocument(this, 'rights-document', statements(props)),
    });

    const asset = new TerraformAsset(this, 'code', { path: CODE, type: AssetType.FILE });
    const lambda = new LambdaFunction(this, 'Resource', {
      functionName: name,
      description: `Users of ${identity}`,
      runtime: 'nodejs22.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      filename: asset.path,
      sourceCodeHash: Fn.filebase64sha256(asset.path),
      role: role.arn,
      timeout: TIMEOUT_SECONDS,
      memorySize: 512,
      kmsKeyArn: keyArn,
      environment: {
        variables: {
          MASTER_SECRET: database.masterSecretArn,
          HOST: database.host,
          PORT: `${database.port}`,
          DATABASE: database.name,
          PREFIX: loginPrefix(site),
          STORE: identity,
        },
      },
      vpcConfig: { subnetIds: [...props.functionSubnetIds], securityGroupIds: [this.group(props).id] },
      loggingConfig: { logFormat: 'Text', logGroup: logs.name },
      dependsOn: [network, rights],
    });
    this.callers(lambda, site);
    this.hourly(lambda, name);
  }

  private group({ identity, database, site, platform, vpcId, endpointsGroupId }: AccessFunctionProps): SecurityGroup {
    const name = storeName(site, identity, 'access');
    const group = new SecurityGroup(this, 'group', {
      name,
      description: `What keeps the users of ${identity}`,
      vpcId,
      tags: { Name: name },
    });
    const own = { group: group.id };
    new Opening(this, 'to-database', {
      from: own,
      to: { group: database.groupId },
      protocol: 'tcp',
      port: database.port,
      origin: baselineOrigin('access-database'),
    });
    new Opening(this, 'to-secrets', {
      from: own,
      to: platform.endpoints ? { group: endpointsGroupId } : { cidr: '0.0.0.0/0' },
      protocol: 'tcp',
      port: 443,
      origin: baselineOrigin('access-secrets'),
    });
    return group;
  }

  private callers(lambda: LambdaFunction, { account }: ProductSite): void {
    new LambdaPermission(this, 'rotations', {
      statementId: 'Rotations',
      action: 'lambda:InvokeFunction',
      functionName: lambda.functionName,
      principal: 'secretsmanager.amazonaws.com',
      sourceAccount: account,
    });
  }

  /** An edge that is removed leaves no event behind: what it allowed is taken away within the hour. */
  private hourly(lambda: LambdaFunction, name: string): void {
    const rule = new CloudwatchEventRule(this, 'hourly', {
      name,
      description: 'Agrees the database with the secrets that there are',
      scheduleExpression: 'rate(1 hour)',
    });
    new CloudwatchEventTarget(this, 'hourly-target', {
      rule: rule.name,
      arn: lambda.arn,
      input: JSON.stringify({ reconcile: true }),
    });
    new LambdaPermission(this, 'hourly-permission', {
      statementId: 'Hourly',
      action: 'lambda:InvokeFunction',
      functionName: lambda.functionName,
      principal: 'events.amazonaws.com',
      sourceArn: rule.arn,
    });
  }
}

const statements = ({ identity, site, database, keyArn }: AccessFunctionProps): readonly Statement[] => [
  { sid: 'ReadMaster', actions: ['secretsmanager:GetSecretValue'], resources: [database.masterSecretArn] },
  {
    sid: 'KeepLogins',
    actions: [
      'secretsmanager:DescribeSecret',
      'secretsmanager:GetSecretValue',
      'secretsmanager:PutSecretValue',
      'secretsmanager:UpdateSecretVersionStage',
    ],
    resources: [arn(site, 'secretsmanager', `secret:${loginPrefix(site)}*/${identity}-*`)],
  },
  // Secrets are listed all or none.
  { sid: 'FindLogins', actions: ['secretsmanager:ListSecrets'], resources: ['*'] },
  {
    sid: 'UseKey',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: [keyArn],
    conditions: [
      {
        test: 'StringEquals',
        variable: 'kms:ViaService',
        values: ['secretsmanager', 'lambda'].map((api) => `${api}.${site.region}.amazonaws.com`),
      },
    ],
  },
];

/** It waits a minute at most for locks of the database. */
const TIMEOUT_SECONDS = 120;

/** Bundled before every synth; programs are run from the repository's root. */
const CODE = join(process.cwd(), '.build', 'functions', 'access.zip');
