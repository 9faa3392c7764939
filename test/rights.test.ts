import { ACCESS_BASELINE, GATEWAY_BASELINE, NODE_BASELINE, RUNNER_BASELINE } from '../model/baseline';
import { connectionsOf } from '../model/openings';
import { tierStack } from '../model/naming';
import { resourcesOf } from './support/harness';
import { otherWays, synthesize } from './support/terraform-corpus';
import { Statement, documentsOf, finder, reference } from './support/terraform-find';

/** Nothing is wider open than somebody wrote down: neither to whoever has a role, nor to packets. */
const app = synthesize();
afterAll(app.remove);

const { all, some } = finder(app.stacks);

/**
 * What can be given for everything or not at all: descriptions, and traces, which belong to the account.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const OF_NO_RESOURCE =
  /^((autoscaling|ec2|elasticloadbalancing):Describe\w+|ec2:GetInstanceTypesFromInstanceRequirements|secretsmanager:ListSecrets|xray:Put(TraceSegments|TelemetryRecords))$/;

describe('rights', () => {
  const documents = documentsOf(app.stacks);
  const statements = documents.flatMap(({ at, statements: own }) =>
    own.map((statement) => ({ ...statement, at: `${at}/${statement.sid}` })),
  );
  const isTrust = ({ actions }: Statement): boolean => actions.includes('sts:AssumeRole');
  const deniesClearText = ({ effect, condition = [] }: Statement): boolean =>
    effect === 'Deny' &&
    condition.some(({ variable, values }) => variable === 'aws:SecureTransport' && values.join() === 'false');

  it('are always written as documents that can be read, never as text', () => {
    const written = Object.entries(app.stacks).flatMap(([stack, json]) =>
      resourcesOf(json)
        // How long images are kept is called a policy too, and gives nobody a right.
        .filter(({ type }) => type !== 'aws_ecr_lifecycle_policy')
        .flatMap(({ type, name, values }) =>
          ['policy', 'assume_role_policy'].flatMap((field) =>
            field in values ? [{ at: `${stack}: ${type}.${name}`, policy: values[field] as string }] : [],
          ),
        ),
    );
    expect(written.length).toBeGreaterThan(20);
    expect(written.filter(({ policy }) => !/^\$\{data\.aws_iam_policy_document\.[\w-]+\.json\}$/.test(policy))).toEqual(
      [],
    );
    const used = (document: { stack: string; name: string }) =>
      app.texts[document.stack]?.includes(reference('data.aws_iam_policy_document', document.name, 'json'));
    expect(documents.filter((document) => !used(document)).map(({ at }) => at)).toEqual([]);
  });

  it('have a name each, unlike the others of their document', () => {
    expect(
      documents
        .filter(
          ({ statements: own }) =>
            own.some(({ sid }) => !sid || !/^[A-Za-z0-9]+$/.test(sid)) ||
            new Set(own.map(({ sid }) => sid)).size < own.length,
        )
        .map(({ at }) => at),
    ).toEqual([]);
  });

  it('name every action: whole services only to forbid, and to let IAM decide about a key', () => {
    const wide = statements.filter(({ actions }) => actions.some((action) => /^[\w*]*:?\*$/.test(action)));
    expect(
      wide.filter((statement) => !deniesClearText(statement) && statement.sid !== 'IamDecides').map(({ at }) => at),
    ).toEqual([]);
    const decided = wide.filter(({ sid }) => sid === 'IamDecides');
    expect(decided.length).toBe(all('aws_kms_key').length);
    for (const { actions, principals } of decided)
      expect({ actions, principals }).toEqual({
        actions: ['kms:*'],
        principals: [{ type: 'AWS', identifiers: ['arn:aws:iam::111111111111:root'] }],
      });
  });

  it('name every resource, except in the policy of a key, where `*` is that key, and where AWS knows none', () => {
    const wide = statements.filter(({ resources = [] }) =>
      resources.some((resource) => resource === '*' || /^arn:aws:\w+:\*/.test(resource)),
    );
    const narrowable = wide.filter(({ actions }) => !actions.every((action) => OF_NO_RESOURCE.test(action)));
    expect(narrowable.filter(({ at }) => !/key_policy\//.test(at)).map(({ at }) => at)).toEqual([]);
    expect(
      statements.filter((statement) => !isTrust(statement) && !statement.resources?.length).map(({ at }) => at),
    ).toEqual([]);
  });

  it('are given to nobody in particular only to forbid what is said in clear text', () => {
    const anybody = statements.filter(({ principals = [] }) =>
      principals.some(({ type, identifiers }) => type === '*' || identifiers.includes('*')),
    );
    expect(anybody.length).toBeGreaterThan(0);
    expect(anybody.filter((statement) => !deniesClearText(statement)).map(({ at }) => at)).toEqual([]);
  });

  it('of a role are taken on by one service of AWS, and by a pod only in its own name', () => {
    const roles = some('aws_iam_role');
    const trusts = documents.filter(({ statements: own }) => own.some(isTrust));
    expect(trusts.length).toBe(roles.length);
    for (const { at, statements: own } of trusts) {
      expect({ at, own }).toMatchObject({
        own: [
          {
            effect: 'Allow',
            principals: [{ type: 'Service', identifiers: [expect.stringMatching(/^[a-z0-9.-]+\.amazonaws\.com$/)] }],
          },
        ],
      });
      expect(own[0]?.actions.filter((action) => action !== 'sts:AssumeRole' && action !== 'sts:TagSession')).toEqual(
        [],
      );
    }
    for (const { stack, values } of some('aws_eks_pod_identity_association')) {
      const role = roles.find(
        (candidate) =>
          candidate.stack === stack && values.role_arn === reference('aws_iam_role', candidate.name, 'arn'),
      );
      const trust = trusts.find(
        (document) =>
          role?.values.assume_role_policy === reference('data.aws_iam_policy_document', document.name, 'json') &&
          document.stack === stack,
      );
      const tags = Object.fromEntries(
        (trust?.statements[0]?.condition ?? []).map(({ variable, values: own }) => [variable, own]),
      );
      expect(trust?.statements[0]?.principals).toEqual([{ type: 'Service', identifiers: ['pods.eks.amazonaws.com'] }]);
      expect(tags).toMatchObject({
        'aws:RequestTag/kubernetes-namespace': [values.namespace],
        'aws:RequestTag/kubernetes-service-account': [values.service_account],
      });
    }
  });

  it('that AWS has written itself are the listed ones', () => {
    expect(
      [
        ...new Set(some('aws_iam_role_policy_attachment').map(({ values }) => values.policy_arn.replace(/^.*\//, ''))),
      ].sort(),
    ).toEqual([
      'AWSBackupServiceRolePolicyForBackup',
      'AWSBackupServiceRolePolicyForRestores',
      'AWSLambdaVPCAccessExecutionRole',
      'AmazonEBSCSIDriverPolicy',
      'AmazonEC2ContainerRegistryPullOnly',
      'AmazonEKSClusterPolicy',
      'AmazonEKSWorkerNodePolicy',
      'AmazonEKS_CNI_Policy',
      'AmazonRDSEnhancedMonitoringRole',
      'AmazonSSMManagedInstanceCore',
    ]);
  });

  it('let a service of AWS use the key of whatever it must write', () => {
    for (const { stack, at, values } of some('aws_cloudwatch_log_group')) {
      const key = all('aws_kms_key').find(
        (candidate) =>
          candidate.stack === stack && values.kms_key_id === reference('aws_kms_key', candidate.name, 'arn'),
      );
      const policy = documents.find(
        (document) =>
          document.stack === stack &&
          key?.values.policy === reference('data.aws_iam_policy_document', document.name, 'json'),
      );
      const region = app.stacks[stack]?.provider?.aws?.[0]?.region;
      expect({
        at,
        allowed: policy?.statements.flatMap(({ principals = [] }) =>
          principals.flatMap(({ identifiers }) => identifiers),
        ),
      }).toEqual({ at, allowed: expect.arrayContaining([`logs.${region}.amazonaws.com`]) });
    }
  });
});

describe('ways for packets', () => {
  const rules = (['ingress', 'egress'] as const).flatMap((way) =>
    some(`aws_vpc_security_group_${way}_rule`).map((rule) => ({ ...rule, way })),
  );
  const worldwide = rules.filter(({ values }) => values.cidr_ipv4 === '0.0.0.0/0' || values.cidr_ipv6 !== undefined);

  it('are resources of their own: no group brings any with it', () => {
    const groups = [...some('aws_security_group'), ...some('aws_default_security_group')];
    expect(groups.filter(({ values }) => 'ingress' in values || 'egress' in values).map(({ at }) => at)).toEqual([]);
    expect(
      groups
        .filter(({ stack, values }) => !('vpc_id' in values) || (stack !== '' && !values.tags?.Name))
        .map(({ at }) => at),
    ).toEqual([]);
    expect([...all('aws_security_group_rule'), ...all('aws_network_acl_rule')]).toEqual([]);
  });

  it('are one port of one protocol wide, but for the rows of the baseline that say more', () => {
    const ranges = NODE_BASELINE.flatMap((row) => ('last' in row ? [[`baseline/${row.id}`, row.port, row.last]] : []));
    expect(
      rules
        .filter(
          ({ values }) =>
            !['tcp', 'udp'].includes(values.ip_protocol) ||
            (values.from_port !== values.to_port &&
              !ranges.some(
                ([origin, first, last]) =>
                  origin === values.tags.origin && first === values.from_port && last === values.to_port,
              )),
        )
        .map(({ at }) => at),
    ).toEqual([]);
    expect(
      rules
        .filter(
          ({ values }) =>
            [values.cidr_ipv4, values.prefix_list_id, values.referenced_security_group_id].filter(
              (peer) => peer !== undefined,
            ).length !== 1,
        )
        .map(({ at }) => at),
    ).toEqual([]);
  });

  it('say where they come from: an edge, a door, or a row of the baseline', () => {
    const services = app.resolved.flatMap(({ products }) =>
      products.flatMap(({ tiers }) => tiers.flatMap(({ services: own }) => own)),
    );
    const declared = new Set([
      ...services.flatMap(({ edges, door }) => [...edges.map(({ origin }) => origin), ...(door ? [door.origin] : [])]),
      ...[...NODE_BASELINE, ...RUNNER_BASELINE, ...ACCESS_BASELINE, ...GATEWAY_BASELINE].map(
        ({ id }) => `baseline/${id}`,
      ),
    ]);
    for (const { at, values } of rules) {
      expect({ at, description: values.description }).toEqual({ at, description: values.tags.origin });
      // Many edges may need one rule; where they are too many to name, the first stands for them.
      const origins = (values.tags.origin as string).replace(/ and \d+ more$/, '').split(' ');
      expect({ at, undeclared: origins.filter((origin) => !declared.has(origin)) }).toEqual({ at, undeclared: [] });
      // What AWS takes in a description.
      expect(values.description).toMatch(/^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/);
    }
  });

  it('are open at both ends', () => {
    const between = rules.filter(({ values }) => values.referenced_security_group_id !== undefined);
    const end = ({ stack, values }: (typeof rules)[number], from: string, to: string) =>
      [stack, values[from], values[to], values.ip_protocol, values.from_port, values.tags.origin].join(' ');
    const out = between
      .filter(({ way }) => way === 'egress')
      .map((rule) => end(rule, 'security_group_id', 'referenced_security_group_id'));
    const into = between
      .filter(({ way }) => way === 'ingress')
      .map((rule) => end(rule, 'referenced_security_group_id', 'security_group_id'));
    expect(out.length).toBeGreaterThan(10);
    expect(into.sort()).toEqual(out.sort());
  });

  it('lead wherever an edge connects, from the stack of the one who asks', () => {
    const asked = app.resolved.flatMap(({ products }) =>
      products.flatMap(({ site, tiers }) =>
        tiers.flatMap((tier) =>
          tier.services.flatMap(({ edges }) =>
            connectionsOf(edges).map(([{ origin }, { port }]) => ({ stack: tierStack(site, tier.name), origin, port })),
          ),
        ),
      ),
    );
    expect(asked.length).toBeGreaterThan(4);
    const opened = ({ stack, origin, port }: (typeof asked)[number]) =>
      rules
        .filter(
          (rule) =>
            rule.stack === stack &&
            rule.values.from_port === port &&
            (rule.values.tags.origin as string).split(' ').includes(origin),
        )
        .map(({ way }) => way)
        .sort();
    for (const edge of asked)
      expect({ ...edge, opened: opened(edge) }).toEqual({ ...edge, opened: ['egress', 'ingress'] });
  });

  it('in from the world lead to the load balancer, for HTTP and HTTPS', () => {
    const ways = worldwide
      .filter(({ way }) => way === 'ingress')
      .map(({ stack, values }) => `${stack.replace(/^\w+-\w+-/, '')} ${values.security_group_id} ${values.from_port}`);
    const door = reference('aws_security_group', 'gateway_group', 'id');
    expect([...new Set(ways)].sort()).toEqual([`gateway ${door} 443`, `gateway ${door} 80`]);
  });

  it('out to the world are in the baseline, and only where AWS is not reached inside the network', () => {
    const ways = worldwide
      .filter(({ way }) => way === 'egress')
      .map(({ stack, values }) => `${stack} ${values.tags.origin} ${values.from_port}`);
    expect([...new Set(ways)]).toEqual([
      `${otherWays.name}-cluster baseline/https-out 443`,
      `${otherWays.name}-shop-data baseline/access-secrets 443`,
    ]);
  });

  it('of a tier are on its nodes, beside the baseline and nothing else', () => {
    const tiers = app.resolved.flatMap(({ products }) =>
      products.flatMap(({ site, tiers: own }) =>
        own
          // Nodes that products share are the platform's.
          .filter(({ retired, pool }) => !retired && pool !== 'shared')
          .map(({ name }) => ({ stack: tierStack(site, name), name })),
      ),
    );
    for (const { stack, name } of tiers) {
      const [template, ...others] = all('aws_launch_template').filter((candidate) => candidate.stack === stack);
      expect(others).toEqual([]);
      expect(template?.values.vpc_security_group_ids).toEqual([
        expect.stringMatching(/outputs\.member-security-group-id\}$/),
        expect.stringMatching(new RegExp(`-gateway\\.outputs\\.${name}--security-group-id\\}$`)),
      ]);
    }
  });
});
