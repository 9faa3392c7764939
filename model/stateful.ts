import { dataKindNames, dataKindRow } from './kinds';

/**
 * What holds data, by resource type, with the attributes whose change would replace it: of each kind what its row says,
 * and what the platform and its products keep besides.
 */
export const statefulTypes = (): Readonly<Record<string, readonly string[]>> => ({
  ...KEPT_BESIDES,
  ...Object.fromEntries(dataKindNames.flatMap((kind) => Object.entries(dataKindRow(kind).stateful))),
});

const KEPT_BESIDES: Readonly<Record<string, readonly string[]>> = {
  aws_backup_vault: ['name', 'kms_key_arn'],
  aws_eks_cluster: ['name', 'role_arn', 'encryption_config', 'kubernetes_network_config'],
  aws_kms_key: ['multi_region', 'key_usage', 'customer_master_key_spec'],
  aws_prometheus_workspace: ['kms_key_arn'],
  aws_route53_zone: ['name', 'delegation_set_id'],
  aws_s3_bucket: ['bucket'],
};
