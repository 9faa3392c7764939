import { POLICY_EXCEPTIONS } from './policy-exceptions';
import { Stacks, resourcesOf } from './support/harness';
import { Scan, checkov } from './support/terraform-checkov';
import { synthesize } from './support/terraform-corpus';
import { finder, reference } from './support/terraform-find';
import { describeWith } from './support/tools';

/** What a policy scanner knows, and what no scanner looks at. */
const app = synthesize();
afterAll(app.remove);

const { all, some } = finder(app.stacks);

describeWith('checkov', 'the policy scanner', (program) => {
  /** Wrong on purpose, and scanned with the others: a scanner that finds nothing here is blind. */
  const broken: Stacks[string] = {
    terraform: {},
    resource: {
      aws_db_instance: { open: { engine: 'postgres', publicly_accessible: true, storage_encrypted: false } },
    },
    data: { aws_iam_policy_document: { all: { statement: [{ effect: 'Allow', actions: ['*'], resources: ['*'] }] } } },
  };
  let scan: Scan;
  beforeAll(() => {
    scan = checkov(program, { ...app.stacks, broken });
  }, 300_000);

  const excused = ({ rule, at }: Scan['failed'][number]) =>
    POLICY_EXCEPTIONS.filter((exception) => exception.rules.includes(rule) && exception.at.test(at));

  it('finds nothing that is not excused, with a reason', () => {
    const found = scan.failed
      .filter(({ stack }) => stack !== 'broken')
      .filter((finding) => excused(finding).length === 0);
    expect(found.map(({ rule, at, title }) => `${rule} ${at}: ${title}`)).toEqual([]);
  });

  it('needs every exception that is listed', () => {
    const needed = scan.failed.flatMap((finding) => excused(finding).map(({ at }) => `${finding.rule} ${at}`));
    const listed = POLICY_EXCEPTIONS.flatMap(({ rules, at }) => rules.map((rule) => `${rule} ${at}`));
    expect(listed.filter((row) => !needed.includes(row))).toEqual([]);
    expect(POLICY_EXCEPTIONS.filter(({ because }) => because.length < 20)).toEqual([]);
  });

  it('could read and judge all of it', () => {
    expect(scan.unread).toEqual([]);
    const judged = new Set([...scan.passed, ...scan.failed].map(({ stack }) => stack));
    // It has no rule for any object of a space: namespaces, quotas, network policies.
    expect(
      Object.keys(app.stacks).filter(
        (stack) =>
          resourcesOf(app.stacks[stack]).length > 0 &&
          !/-(space|controllers|telemetry|discovery)$/.test(stack) &&
          !judged.has(stack),
      ),
    ).toEqual([]);
    // 1347 passed when this was written; a rule or two may go with a new version, a fifth of them may not.
    expect(scan.passed.length).toBeGreaterThan(1000);
    // Rules that follow references fall silent together, without a word, when one file confuses the scanner.
    expect(scan.passed.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining([
        'CKV2_AWS_11',
        'CKV2_AWS_12',
        'CKV2_AWS_20',
        'CKV2_AWS_28',
        'CKV2_AWS_31',
        'CKV2_AWS_69',
      ]),
    );
  });

  it('fails on a public database without encryption, and on a policy that allows everything', () => {
    const found = scan.failed.filter(({ stack }) => stack === 'broken').map(({ rule }) => rule);
    expect(found).toEqual(expect.arrayContaining(['CKV_AWS_16', 'CKV_AWS_17', 'CKV_AWS_1', 'CKV_AWS_49']));
  });
});

describe('what no scanner looks at', () => {
  it('databases take no connection in clear text', () => {
    for (const { stack, at, values } of some('aws_db_instance')) {
      const group = all('aws_db_parameter_group').find(
        (candidate) =>
          candidate.stack === stack &&
          values.parameter_group_name === reference('aws_db_parameter_group', candidate.name, 'name'),
      );
      expect({ at, parameters: group?.values.parameter }).toEqual({
        at,
        parameters: expect.arrayContaining([{ name: 'rds.force_ssl', value: '1', apply_method: 'immediate' }]),
      });
      expect(group?.values.family).toBe(`${values.engine}${values.engine_version}`);
    }
  });

  it('databases write to log groups that are there first, and expire', () => {
    for (const { stack, values } of some('aws_db_instance')) {
      const logs = (values.enabled_cloudwatch_logs_exports as string[]).map(
        (log) => `/aws/rds/instance/${values.identifier}/${log}`,
      );
      const groups = all('aws_cloudwatch_log_group').filter(
        (group) => group.stack === stack && logs.includes(group.values.name),
      );
      expect(groups.map((group) => group.values.name).sort()).toEqual([...logs].sort());
      expect(values.depends_on).toEqual(
        expect.arrayContaining(groups.map(({ name }) => `aws_cloudwatch_log_group.${name}`)),
      );
    }
  });

  it('databases are copied into the vault of their own product, at a time at which AWS does it', () => {
    const minutes = (clock: string): number => Number(clock.slice(-5, -3)) * 60 + Number(clock.slice(-2));
    for (const { stack, at, values } of some('aws_db_instance')) {
      const selections = all('aws_backup_selection').filter((selection) =>
        selection.values.selection_tag.some(
          ({ key, value }: { key: string; value: string }) => values.tags[key] === value,
        ),
      );
      expect({ at, copiedBy: selections.map((selection) => selection.stack) }).toEqual({ at, copiedBy: [stack] });
      const rule = all('aws_backup_plan').find((plan) => plan.stack === stack)?.values.rule[0];
      const [, minute, hour] = /^cron\((\d+) (\d+) \* \* \? \*\)$/.exec(rule.schedule) ?? [];
      const start = Number(hour) * 60 + Number(minute);
      const [backupStart, backupEnd] = values.backup_window.split('-').map(minutes);
      const [maintenanceStart, maintenanceEnd] = values.maintenance_window.split('-').slice(0, 2).map(minutes);
      // Four hours on either side of its own backup, one before its maintenance; all of them are in one night.
      expect(start + rule.start_window <= backupStart - 240 || start >= backupEnd + 240).toBe(true);
      expect(start + rule.start_window <= maintenanceStart - 60 || start >= maintenanceEnd).toBe(true);
      expect(backupEnd <= maintenanceStart || maintenanceEnd <= backupStart).toBe(true);
    }
  });

  it('vaults have a key of the product, and its copies outlive what can be gone back to', () => {
    for (const { stack, values } of some('aws_backup_vault')) {
      expect(values).toMatchObject({ kms_key_arn: reference('aws_kms_key', 'key', 'arn'), force_destroy: false });
      const plan = all('aws_backup_plan').find((candidate) => candidate.stack === stack)?.values;
      expect(plan.rule).toEqual([
        expect.objectContaining({
          target_vault_name: reference('aws_backup_vault', 'backups_vault', 'name'),
          enable_continuous_backup: false,
        }),
      ]);
      for (const database of all('aws_db_instance').filter((candidate) => candidate.stack === stack))
        expect(plan.rule[0].lifecycle.delete_after).toBeGreaterThanOrEqual(database.values.backup_retention_period);
    }
  });

  it('queues give up on a message into dead letters that take from them alone, and answer no clear text', () => {
    const queues = some('aws_sqs_queue');
    const sources = queues.filter(({ values }) => values.redrive_policy !== undefined);
    expect(sources.length).toBe(queues.length / 2);
    for (const { stack, values } of sources) {
      const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(values.redrive_policy) as {
        deadLetterTargetArn: string;
        maxReceiveCount: number;
      };
      const dead = queues.find(
        (queue) => queue.stack === stack && deadLetterTargetArn.endsWith(`:${queue.values.name}`),
      );
      expect(maxReceiveCount).toBeGreaterThanOrEqual(1);
      expect(dead?.values.message_retention_seconds).toBeGreaterThanOrEqual(values.message_retention_seconds);
      const allow = all('aws_sqs_queue_redrive_allow_policy').find(
        (policy) =>
          policy.stack === stack && policy.values.queue_url === reference('aws_sqs_queue', dead?.name ?? '', 'url'),
      );
      expect(JSON.parse(allow?.values.redrive_allow_policy ?? '{}')).toEqual({
        redrivePermission: 'byQueue',
        sourceQueueArns: [deadLetterTargetArn.replace(/[^:]+$/, values.name)],
      });
    }
    for (const { stack, name, values } of queues) {
      expect(values.kms_master_key_id).toBe(reference('aws_kms_key', 'key', 'arn'));
      expect(
        all('aws_sqs_queue_policy').filter(
          (policy) => policy.stack === stack && policy.values.queue_url === reference('aws_sqs_queue', name, 'url'),
        ),
      ).toHaveLength(1);
    }
  });

  it('nodes lend their identity to no pod, and keep nothing in clear', () => {
    for (const { values } of some('aws_launch_template')) {
      expect(values).toMatchObject({
        metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 },
        block_device_mappings: [{ ebs: { encrypted: 'true' } }],
        monitoring: { enabled: true },
      });
      // EKS refuses a node group whose template and whose own arguments both say these.
      expect(values).not.toHaveProperty('iam_instance_profile');
      expect(values).not.toHaveProperty('user_data');
    }
    for (const { values } of some('aws_eks_node_group'))
      for (const refused of ['instance_types', 'disk_size', 'remote_access'])
        expect(values).not.toHaveProperty(refused);
  });

  it('add-ons are the listed ones, pinned, and act in their own name', () => {
    const addOns = some('aws_eks_addon');
    expect([...new Set(addOns.map(({ values }) => values.addon_name))].sort()).toEqual([
      'aws-ebs-csi-driver',
      'coredns',
      'eks-pod-identity-agent',
      'kube-proxy',
      'vpc-cni',
    ]);
    for (const { values } of addOns) expect(values.addon_version).toMatch(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
    for (const { values } of addOns.filter(({ values: own }) => own.addon_name === 'vpc-cni')) {
      expect(values.pod_identity_association).toEqual([
        { service_account: 'aws-node', role_arn: expect.stringMatching(/^\$\{aws_iam_role\./) },
      ]);
      expect(JSON.parse(values.configuration_values)).toMatchObject({ enableNetworkPolicy: 'true' });
    }
    // A node without network or identity would never become ready, and the group would fail.
    for (const { stack, values } of all('aws_eks_node_group').filter(({ stack: own }) => own.endsWith('-cluster'))) {
      expect(values.depends_on).toEqual(
        expect.arrayContaining(
          addOns
            .filter((addOn) => addOn.stack === stack && !RUN_ON_NODES.includes(addOn.values.addon_name))
            .map(({ name }) => `aws_eks_addon.${name}`),
        ),
      );
    }
  });

  it('clusters answer inside the network only, to those who are listed', () => {
    for (const { values } of some('aws_eks_cluster')) {
      expect(values).toMatchObject({
        access_config: { authentication_mode: 'API', bootstrap_cluster_creator_admin_permissions: false },
        bootstrap_self_managed_addons: false,
        vpc_config: { endpoint_private_access: true, endpoint_public_access: false },
      });
    }
  });

  it('log groups expire and have a key of their own', () => {
    for (const { at, values } of some('aws_cloudwatch_log_group'))
      expect({ at, ...values }).toMatchObject({
        at,
        retention_in_days: expect.any(Number),
        kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\./),
      });
  });

  it('alarms reach a topic that is there, when it breaks and when it is mended', () => {
    const topics = some('aws_sns_topic').map(({ values }) => values.name);
    for (const { at, values } of some('aws_cloudwatch_metric_alarm')) {
      expect({
        at,
        told: [...values.alarm_actions, ...values.ok_actions].map((arn: string) =>
          topics.includes(arn.replace(/^.*:/, '')),
        ),
      }).toEqual({ at, told: [true, true] });
      expect(['breaching', 'notBreaching']).toContain(values.treat_missing_data);
    }
    for (const { values } of some('aws_prometheus_alert_manager_definition')) {
      const named = [...(values.definition as string).matchAll(/topic_arn: \S+:([\w-]+)$/gm)].map(([, name]) => name);
      expect(named.length).toBeGreaterThan(1);
      expect(named.filter((name) => !topics.includes(name))).toEqual([]);
    }
  });

  it('every load balancer stands behind a firewall that turns away and is logged', () => {
    for (const { stack, name } of some('aws_lb')) {
      const inStack = (type: string) =>
        all(type)
          .filter((candidate) => candidate.stack === stack)
          .map(({ values }) => values);
      expect(inStack('aws_wafv2_web_acl_association')).toEqual([
        {
          resource_arn: reference('aws_lb', name, 'arn'),
          web_acl_arn: reference('aws_wafv2_web_acl', 'firewall', 'arn'),
        },
      ]);
      expect(inStack('aws_wafv2_web_acl_logging_configuration')).toEqual([
        expect.objectContaining({
          resource_arn: reference('aws_wafv2_web_acl', 'firewall', 'arn'),
          log_destination_configs: [reference('aws_cloudwatch_log_group', 'firewall_logs', 'arn')],
        }),
      ]);
      const rules = inStack('aws_wafv2_web_acl')[0].rule as readonly {
        readonly name: string;
        readonly action?: unknown;
        readonly override_action?: unknown;
        readonly statement: Readonly<Record<string, unknown>>;
      }[];
      for (const { action, override_action: override } of rules)
        expect(action ?? override).toEqual(action ? { block: {} } : { none: {} });
      // Nothing is taken out of a list: that is what the exception for the scanner's Log4j rule stands on.
      expect(rules.map(({ statement }) => statement.managed_rule_group_statement)).toContainEqual({
        vendor_name: 'AWS',
        name: 'AWSManagedRulesKnownBadInputsRuleSet',
      });
    }
  });

  it('plain HTTP is only ever sent on to HTTPS', () => {
    for (const { values } of some('aws_lb_listener')) {
      if (values.protocol === 'HTTP')
        expect(values.default_action).toEqual([
          { type: 'redirect', redirect: { port: '443', protocol: 'HTTPS', status_code: 'HTTP_301' } },
        ]);
      else expect(values).toMatchObject({ protocol: 'HTTPS', ssl_policy: expect.stringContaining('TLS13') });
    }
  });

  it('secrets and topics are encrypted under keys of ours', () => {
    for (const { values } of some('aws_secretsmanager_secret'))
      expect(values.kms_key_id).toMatch(/outputs\.encryption-key-arn\}$/);
    for (const { values } of some('aws_sns_topic'))
      expect(values.kms_master_key_id).toBe(reference('aws_kms_key', 'alerts_key', 'key_id'));
    expect([...all('aws_secretsmanager_secret_version'), ...all('aws_iam_access_key'), ...all('aws_iam_user')]).toEqual(
      [],
    );
  });

  it('no two things of a kind have one name: AWS would refuse the second', () => {
    const holders = new Map<string, string[]>();
    for (const [stack, json] of Object.entries(app.stacks)) {
      for (const { type, name, values } of resourcesOf(json).filter(
        (resource) => resource.type.startsWith('aws_') && !NAMED_WITHIN.has(resource.type),
      )) {
        const called = NAMES.map((field) => values[field]).find(
          (value) => typeof value === 'string' && !value.includes('${'),
        );
        if (called !== undefined)
          holders.set(`${type} ${called}`, [...(holders.get(`${type} ${called}`) ?? []), `${stack}: ${name}`]);
      }
    }
    expect(holders.size).toBeGreaterThan(80);
    expect([...holders].filter(([, places]) => places.length > 1)).toEqual([]);
  });
});

/** Add-ons whose pods need a node, so that no node can wait for them. */
const RUN_ON_NODES: readonly string[] = ['coredns', 'aws-ebs-csi-driver'];
const NAMES = ['name', 'identifier', 'bucket', 'alarm_name', 'node_group_name', 'alias'] as const;
/** These have their names inside something else. */
const NAMED_WITHIN: ReadonlySet<string> = new Set(['aws_iam_role_policy', 'aws_route53_record']);
