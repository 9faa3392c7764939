/**
 * What the emulator does differently from AWS, with its cause: the only place where anything here knows it. A row that
 * names something the emulator meanwhile does is reported, so that the table shrinks with every release of it.
 */
export type Gap =
  /** Not served at all: such resources are left out, with all that reads them; outputs get the contract's stand-in. */
  | { readonly is: 'not served'; readonly type: string; readonly cause: string }
  /** An argument that it cannot take: left out, the resource stays. */
  | {
      readonly is: 'not taken';
      readonly type: string;
      readonly argument: string;
      readonly cause: string;
      /** Taken without a word and forgotten: making it anew would prove nothing. */
      readonly forgotten?: true;
    }
  /** Taken and not given back as it was: every later plan shows it again. */
  | {
      readonly is: 'not kept';
      readonly type: string;
      readonly attributes: readonly string[];
      readonly cause: string;
      /** Applied again with every change, because what is left without it would not be valid; it does no harm. */
      readonly again?: true;
    }
  /** Taken when a resource is made, and never again: a change of it stays ahead. */
  | {
      readonly is: 'not changed';
      readonly type: string;
      readonly attributes: readonly string[];
      readonly cause: string;
    }
  /** Made, and not taken away again: Terraform lets go of it before it destroys the rest. */
  | { readonly is: 'not destroyed'; readonly type: string; readonly cause: string }
  /** An attribute that AWS would assign, and others read. */
  | {
      readonly is: 'not assigned';
      readonly type: string;
      readonly attribute: string;
      readonly standIn: unknown;
      readonly cause: string;
    };

export const GAPS: readonly Gap[] = [
  {
    is: 'not served',
    type: 'aws_prometheus_workspace',
    cause: 'there is no Managed Prometheus in it',
  },
  {
    is: 'not served',
    type: 'aws_prometheus_rule_group_namespace',
    cause: 'there is no Managed Prometheus in it',
  },
  {
    is: 'not served',
    type: 'aws_wafv2_web_acl_logging_configuration',
    cause: "WAF's PutLoggingConfiguration is an unknown action to it",
  },
  {
    is: 'not served',
    type: 'aws_lb_listener_certificate',
    cause: 'a listener has its default certificate only: AddListenerCertificates is an unknown action to it',
  },
  {
    is: 'not taken',
    type: 'aws_eks_addon',
    argument: 'pod_identity_association',
    cause: 'it answers with the whole association where AWS answers with its ARN, which the provider cannot read',
  },
  {
    is: 'not taken',
    type: 'aws_elasticache_replication_group',
    argument: 'kms_key_id',
    forgotten: true,
    cause: 'it describes a group without its key, and the provider would replace it for that',
  },
  {
    is: 'not assigned',
    type: 'aws_db_instance',
    attribute: 'master_user_secret',
    standIn: [
      {
        kms_key_id: '',
        secret_arn: 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:rds!db-stand-in-AbCdEf',
        secret_status: 'active',
      },
    ],
    cause: 'an instance gets no managed master password; only clusters do',
  },
  {
    is: 'not kept',
    type: 'aws_db_instance',
    attributes: ['backup_window'],
    cause: 'an instance is made with a window of 03:00 to 04:00, whatever was asked for',
  },
  {
    is: 'not kept',
    type: 'aws_db_instance',
    attributes: ['enabled_cloudwatch_logs_exports', 'performance_insights_kms_key_id'],
    cause: 'it describes every instance without exported logs and without a key of Performance Insights',
  },
  {
    is: 'not kept',
    type: 'aws_elasticache_parameter_group',
    attributes: ['parameter'],
    cause: 'it describes every parameter of a family, and none as set by anybody',
  },
  {
    is: 'not kept',
    type: 'aws_elasticache_replication_group',
    attributes: ['auto_minor_version_upgrade'],
    cause: 'its nodes are described without it',
  },
  {
    is: 'not kept',
    type: 'aws_elasticache_user',
    attributes: ['authentication_mode'],
    cause: 'it knows passwords only, and describes every other user as one without',
  },
  {
    is: 'not kept',
    type: 'aws_eks_cluster',
    attributes: ['upgrade_policy', 'zonal_shift_config'],
    cause: 'it describes a cluster without them, and has no UpdateClusterConfig to set them again',
  },
  {
    is: 'not kept',
    type: 'aws_eks_node_group',
    attributes: ['launch_template', 'node_repair_config', 'update_config'],
    cause: 'it describes every node group as one without a launch template, of t3.medium',
  },
  {
    is: 'not changed',
    type: 'aws_eks_node_group',
    attributes: ['labels', 'scaling_config', 'taint'],
    cause: 'it has no UpdateNodegroupConfig',
  },
  {
    is: 'not destroyed',
    type: 'aws_secretsmanager_secret_rotation',
    cause: 'it has no CancelRotateSecret',
  },
  {
    is: 'not kept',
    type: 'aws_acm_certificate',
    attributes: ['options'],
    cause: 'it describes a certificate without its options',
  },
  {
    is: 'not kept',
    type: 'aws_flow_log',
    attributes: ['iam_role_arn', 'max_aggregation_interval', 'tags', 'tags_all'],
    cause: 'it describes a flow log by where it writes to, and keeps nothing else',
  },
  {
    is: 'not kept',
    type: 'aws_cloudwatch_metric_alarm',
    attributes: [
      'actions_enabled',
      'alarm_actions',
      'alarm_description',
      'dimensions',
      'extended_statistic',
      'ok_actions',
      'period',
      'statistic',
      'treat_missing_data',
    ],
    again: true,
    cause: 'in the form that the provider asks for, it describes an alarm by its name, threshold and state only',
  },
];

export const gapsThat = <I extends Gap['is']>(gaps: readonly Gap[], is: I): readonly Extract<Gap, { is: I }>[] =>
  gaps.filter((gap): gap is Extract<Gap, { is: I }> => gap.is === is);

/** What a gap is about and why it is there, for people. */
export const told = (gap: Gap): { readonly what: string; readonly why: string } => {
  const parts = {
    'not served': [],
    'not destroyed': [],
    'not taken': 'argument' in gap ? [gap.argument] : [],
    'not kept': 'attributes' in gap ? gap.attributes : [],
    'not changed': 'attributes' in gap ? gap.attributes : [],
    'not assigned': 'attribute' in gap ? [gap.attribute] : [],
  }[gap.is];
  return { what: [gap.type, parts.join(', ')].filter(Boolean).join(': '), why: `${gap.is}: ${gap.cause}` };
};
