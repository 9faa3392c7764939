import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { ElasticacheUser } from '@cdktf/provider-aws/lib/elasticache-user';
import { ElasticacheUserGroupAssociation } from '@cdktf/provider-aws/lib/elasticache-user-group-association';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretRotation } from '@cdktf/provider-aws/lib/secretsmanager-secret-rotation';
import { Construct } from 'constructs';
import { AwsApi, Edge, Grant } from '../../model/grants';
import { ProductSite, arn, clusterName, namespaceName, serviceRoleName, statementId } from '../../model/naming';
import { Known } from '../../model/refs';
import { Statement, assumedBy, policyDocument } from '../policy/policy';

export interface ServiceIdentityProps {
  readonly site: ProductSite;
  readonly service: string;
  readonly tier: string;
  readonly edges: readonly Edge[];
  readonly known: (value: Known) => string;
  /** Encrypts the secrets; the product's own. */
  readonly keyArn: () => string;
}

/**
 * Who a service is to AWS: a role that its pods take on by their service account, with one statement for each thing
 * that an edge allows, and one secret for each login. A service whose edges need nothing of AWS has none.
 */
export class ServiceIdentity extends Construct {
  constructor(scope: Construct, id: string, props: ServiceIdentityProps) {
    super(scope, id);
    const statements = props.edges.flatMap((edge) =>
      edge.grants.flatMap((grant) => this.statements(edge, grant, props)),
    );
    if (statements.length === 0) return;

    const { site, service, tier } = props;
    const role = new IamRole(this, 'role', {
      name: serviceRoleName(site, service),
      assumeRolePolicy: assumedBy(
        this,
        'trust',
        'pods.eks.amazonaws.com',
        ['sts:AssumeRole', 'sts:TagSession'],
        [
          {
            test: 'StringEquals',
            variable: 'aws:RequestTag/kubernetes-namespace',
            values: [namespaceName(site, tier)],
          },
          { test: 'StringEquals', variable: 'aws:RequestTag/kubernetes-service-account', values: [service] },
        ],
      ),
    });
    new IamRolePolicy(this, 'rights', {
      name: 'edges',
      role: role.id,
      policy: policyDocument(this, 'rights-document', statements),
    });
    new EksPodIdentityAssociation(this, 'association', {
      clusterName: clusterName(site),
      namespace: namespaceName(site, tier),
      serviceAccount: service,
      roleArn: role.arn,
    });
  }

  private statements(edge: Edge, grant: Grant, props: ServiceIdentityProps): readonly Statement[] {
    switch (grant.grant) {
      case 'actions':
        return [
          {
            sid: statementId(`${edge.origin}/${grant.api}`),
            actions: grant.actions,
            resources: grant.on.map(props.known),
            ...(grant.via && { conditions: [onlyVia(grant.via, props.site)] }),
          },
        ];
      case 'login': {
        const secret = new SecretsmanagerSecret(this, `login-${grant.store}`, {
          name: grant.secret,
          description: `Login of ${edge.from} at ${grant.store}`,
          kmsKeyId: props.keyArn(),
          // It can be made anew at any time; a name that waits to be forgotten could not be given again for days.
          recoveryWindowInDays: 0,
          // The function trusts nothing else: whose login it is, and what it may do, is said here.
          tags: {
            origin: edge.origin,
            'groundplan:service': edge.from,
            'groundplan:store': grant.store,
            'groundplan:verb': edge.verb,
          },
        });
        new SecretsmanagerSecretRotation(this, `rotation-${grant.store}`, {
          secretId: secret.id,
          rotationLambdaArn: props.known(grant.rotatedBy),
          rotationRules: { automaticallyAfterDays: ROTATION_DAYS },
          // The first rotation makes the user: the secret begins empty.
          rotateImmediately: true,
        });
        return [
          {
            sid: statementId(`${edge.origin}/login`),
            actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
            resources: [secret.arn],
          },
          {
            sid: statementId(`${edge.origin}/login-key`),
            actions: ['kms:Decrypt'],
            resources: [props.keyArn()],
            conditions: [onlyVia('secretsmanager', props.site)],
          },
        ];
      }
      case 'membership': {
        const user = new ElasticacheUser(this, `user-${grant.store}`, {
          userId: grant.user,
          // Whoever comes with an identity of AWS must be called in the store as AWS calls it.
          userName: grant.user,
          engine: grant.engine,
          accessString: grant.access,
          authenticationMode: { type: 'iam' },
          tags: { origin: edge.origin },
        });
        new ElasticacheUserGroupAssociation(this, `member-${grant.store}`, {
          userGroupId: grant.group,
          userId: user.userId,
        });
        return [
          {
            sid: statementId(`${edge.origin}/member`),
            actions: ['elasticache:Connect'],
            resources: [...grant.on.map(props.known), arn(props.site, 'elasticache', `user:${grant.user}`)],
          },
        ];
      }
      case 'connection':
      case 'backlog':
      case 'coordinates':
        return [];
    }
  }
}

const ROTATION_DAYS = 30;

const onlyVia = (api: AwsApi, { region }: ProductSite) => ({
  test: 'StringEquals',
  variable: 'kms:ViaService',
  values: [`${api}.${region}.amazonaws.com`],
});
