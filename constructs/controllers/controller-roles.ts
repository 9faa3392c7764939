import { Construct } from 'constructs';
import { AwsController, CONTROLLER_ACCOUNTS } from '../../model/controllers';
import { Site, arn, clusterName } from '../../model/naming';
import { PodRole, PodRoleProps } from '../identity/pod-role';
import { Statement } from '../policy/policy';

/** A role for each controller that acts in AWS, with what it does there and nothing that Terraform does. */
export class ControllerRoles extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { site, dependsOn }: { readonly site: Site; readonly dependsOn: PodRoleProps['dependsOn'] },
  ) {
    super(scope, id);
    for (const [name, account] of Object.entries(CONTROLLER_ACCOUNTS))
      new PodRole(this, name, { site, name, ...account, statements: RIGHTS[name as AwsController](site), dependsOn });
  }
}

/** Descriptions cannot be narrowed to a resource; what changes something is, by name or by tag. */
const RIGHTS: Readonly<Record<AwsController, (site: Site) => readonly Statement[]>> = {
  // Load balancers, listeners, rules and security groups are Terraform's: it only says which pods are targets.
  'load-balancer': (site) => [
    {
      sid: 'LookAround',
      actions: [
        'ec2:DescribeAvailabilityZones',
        'ec2:DescribeInstances',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
        'elasticloadbalancing:DescribeTags',
        'elasticloadbalancing:DescribeTargetGroupAttributes',
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
      ],
      resources: ['*'],
    },
    {
      sid: 'PodsAreTargets',
      actions: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'],
      resources: [arn(site, 'elasticloadbalancing', 'targetgroup/*/*')],
      conditions: [{ test: 'StringEquals', variable: 'aws:ResourceTag/platform', values: [site.platform] }],
    },
  ],
  // Labels and taints of a pool without nodes come from `DescribeNodegroup`: EKS does not hand tags on to its groups.
  'node-autoscaler': (site) => [
    {
      sid: 'LookAround',
      actions: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeLaunchConfigurations',
        'autoscaling:DescribeScalingActivities',
        'autoscaling:DescribeTags',
        'ec2:DescribeImages',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeLaunchTemplateVersions',
        'ec2:GetInstanceTypesFromInstanceRequirements',
      ],
      resources: ['*'],
    },
    {
      sid: 'PoolsAsDeclared',
      actions: ['eks:DescribeNodegroup'],
      resources: [arn(site, 'eks', `nodegroup/${clusterName(site)}/*/*`)],
    },
    {
      sid: 'SizeOfPools',
      actions: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      resources: [arn(site, 'autoscaling', 'autoScalingGroup:*:autoScalingGroupName/eks-*')],
      conditions: [
        {
          test: 'StringEquals',
          variable: `aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName(site)}`,
          values: ['owned'],
        },
      ],
    },
  ],
  'queue-scaler': (site) => [
    {
      sid: 'LengthOfQueues',
      actions: ['sqs:GetQueueAttributes'],
      resources: [arn(site, 'sqs', `${site.platform}-*`)],
    },
  ],
};
