import { yaml } from '../cli/yaml';
import { KINDS } from '../cli/manifest-words';
import { manifestsOf } from '../cli/manifests';
import { Json } from '../cli/references';
import { SEVERITIES } from '../model/signals';
import { resourcesOf } from './support/harness';
import { Loose, Placed, World, forgetWorlds, worlds } from './support/kubernetes';
import { DRAIN_RULES } from './support/kubernetes-drain';
import {
  builtDoors,
  builtIdentities,
  builtMounts,
  builtOpenings,
  declaredDoors,
  declaredIdentities,
  declaredMounts,
  declaredOpenings,
  mountAnnotations,
} from './support/kubernetes-edges';
import { POD_RULES } from './support/kubernetes-pods';
import { found } from './support/kubernetes-rule';
import { alertManagerChecked, conforms, linted, parsed, rendered, rulesChecked, rulesTested, toldOf } from './support/kubernetes-tools';
import { WIRING_RULES } from './support/kubernetes-wiring';
import { describeWith } from './support/tools';

/**
 * What the stacks put into the cluster: by the schemas of Kubernetes itself, by rules of our own, and edge by edge
 * against the declaration. Platforms of the table stand beside each other; the second has everything on.
 */
const WORLDS = worlds();
const [shopOnProduction, everythingOn] = WORLDS;
/** Charts and rules know nothing of a platform's class. */
const OF_PRODUCTION = [shopOnProduction, everythingOn];
afterAll(forgetWorlds);

const RULES = [...POD_RULES, ...DRAIN_RULES, ...WIRING_RULES];

describe('what must hold in the cluster', () => {
  it.each(RULES)('$name', ({ problems }) => {
    expect(WORLDS.flatMap(problems)).toEqual([]);
  });
});

describe('a rule that cannot fail proves nothing', () => {
  const cases = RULES.flatMap(({ name, problems, notices }) => Object.entries(notices).map(([what, change]) => ({ name, what, problems, change })));

  it.each(cases)('$name: noticed: $what', ({ problems, change }) => {
    const broken = structuredClone(everythingOn);
    change(broken);
    expect(problems(broken)).not.toEqual([]);
  });

  it('no rule is without a change that it notices', () => {
    expect(RULES.filter(({ notices }) => Object.keys(notices).length === 0)).toEqual([]);
  });
});

describe.each(WORLDS)('edges both ways: $name', (world) => {
  it('what edges open between pods is opened at both ends, and nothing else is', () => {
    expect(builtOpenings(world)).toEqual(declaredOpenings(world));
  });

  it('what edges have pods mount is mounted, and nothing else is', () => {
    expect(builtMounts(world)).toEqual(declaredMounts(world));
    for (const [said, mounted] of mountAnnotations(world)) expect(said).toBe(mounted);
  });

  it('whoever has a door has its pods registered behind it, and nobody else has', () => {
    expect(builtDoors(world)).toEqual(declaredDoors(world));
  });

  it('whoever needs to be somebody to AWS is, by the account of its own pods, and nobody else is', () => {
    expect(builtIdentities(world)).toEqual(declaredIdentities(world));
  });
});

describe('edges with everything on', () => {
  it('open every way that there is', () => {
    const ways = ['to isolated subnets', 'to endpoint subnets', 'to the pod identity agent', 'from public subnets', 'to kube-system/kube-dns', 'nothing into'];
    for (const way of ways) expect(builtOpenings(everythingOn).filter((line) => line.includes(way))).not.toEqual([]);
    expect(builtOpenings(WORLDS[2]).filter((line) => line.includes('to what is not ours'))).not.toEqual([]);
    expect(declaredMounts(everythingOn).length).toBeGreaterThan(3);
    expect(declaredDoors(everythingOn)).toHaveLength(2);
  });

  const inPolicy = (change: (egress: Loose[]) => void) => (world: World) =>
    change(found(world.objects.find(({ object }) => object.metadata.name.endsWith('--out'))).object.spec.egress);
  const inLogin = (changes: Loose) => (world: World) => Object.assign(found(world.releases.find(({ values }) => values.secret)).values, changes);
  const inTier = (type: string, change: (values: Loose) => void) => (world: World) =>
    resourcesOf(world.stacks[APP_TIER])
      .filter((resource) => resource.type === type)
      .forEach(({ values }) => change(values));
  const APP_TIER = 'production-bazaar-of-many-merchants-app-tier';

  it.each<[what: string, built: (world: World) => unknown, declared: (world: World) => unknown, change: (world: World) => void]>([
    ['a port more', builtOpenings, declaredOpenings, inPolicy(([rule]) => rule.ports.push({ port: 22, protocol: 'TCP' }))],
    ['an opening less', builtOpenings, declaredOpenings, inPolicy((egress) => egress.pop())],
    ['a zone less', builtOpenings, declaredOpenings, inPolicy(([rule]) => rule.to.pop())],
    [
      'a policy less',
      builtOpenings,
      declaredOpenings,
      ({ objects }) =>
        (objects as Placed[]).splice(
          objects.findIndex(({ object }) => object.kind === 'NetworkPolicy'),
          1,
        ),
    ],
    ["another's secret", builtMounts, declaredMounts, inLogin({ secret: 'production/other/service/store' })],
    ["another's name", builtMounts, declaredMounts, inLogin({ name: 'other' })],
    ['a group for another door', builtDoors, declaredDoors, inTier('aws_lb_target_group', (group) => (group.tags.origin = 'internet/reach/other'))],
    [
      'an identity for another account',
      builtIdentities,
      declaredIdentities,
      inTier('aws_eks_pod_identity_association', (association) => (association.service_account = 'default')),
    ],
  ])('are not what is declared with %s', (_what, built, declared, change) => {
    const broken = structuredClone(everythingOn);
    change(broken);
    expect(built(broken)).not.toEqual(declared(broken));
  });
});

describe('manifests', () => {
  const stack = (resource: Loose): Loose => ({ terraform: {}, resource });
  const only = (resource: Loose): Loose => manifestsOf(stack(resource), new Map())[0]?.object;

  it('refuse a kind that they have no row for', () => {
    expect(() => only({ kubernetes_secret_v1: { x: {} } })).toThrow(
      "'kubernetes_secret_v1' is not among the kinds that can be written as a manifest; add its row to cli/manifest-words.ts",
    );
  });

  it('refuse a reference that nothing stands in for', () => {
    expect(() => only({ kubernetes_namespace_v1: { x: { metadata: { name: '${aws_vpc.x.id}' } } } })).toThrow(
      "'${aws_vpc.x.id}' is neither an output of another stack nor something that this one sets; nothing can stand in for it",
    );
  });

  it('follow references through the stack, alone and inside text', () => {
    const namespace = { name: { metadata: { name: 'shop' } }, whole: { metadata: [{ name: '${kubernetes_namespace_v1.name.metadata[0].name}' }] } };
    const account = { x: { metadata: { name: 'of-${kubernetes_namespace_v1.whole.metadata.0.name}' } } };
    expect(only({ kubernetes_service_account_v1: account, kubernetes_namespace_v1: namespace }).metadata.name).toBe('of-shop');
  });

  it('keep a field that they do not know, for the schema to refuse', () => {
    expect(only({ kubernetes_namespace_v1: { x: { some_new_field: { inner_field: '1' } } } })).toEqual({ apiVersion: 'v1', kind: 'Namespace', someNewField: { innerField: '1' } });
  });

  it("leave authors' keys and text as they are, and turn text into numbers only where Kubernetes wants them", () => {
    const spec = { selector: { app_name: 'x' }, port: [{ port: 1, target_port: '8080' }] };
    const container = { name: 'x', env: [{ name: 'A', value: '8080' }], command: ['1'], port: [{ container_port: 1 }], security_context: { run_as_user: '7' } };
    const volume = [{ name: 'v', projected: [{ default_mode: '0440', sources: [{ config_map: [{ name: 'c' }] }] }] }];
    expect(only({ kubernetes_service_v1: { x: { metadata: { labels: { a_b: '1' } }, spec } } })).toMatchObject({
      metadata: { labels: { a_b: '1' } },
      spec: { selector: { app_name: 'x' }, ports: [{ port: 1, targetPort: 8080 }] },
    });
    expect(only({ kubernetes_deployment_v1: { x: { spec: { template: { spec: { container: [container], volume } } } } } }).spec.template.spec).toEqual({
      containers: [{ name: 'x', env: [{ name: 'A', value: '8080' }], command: ['1'], ports: [{ containerPort: 1 }], securityContext: { runAsUser: 7 } }],
      volumes: [{ name: 'v', projected: { defaultMode: 0o440, sources: [{ configMap: { name: 'c' } }] } }],
    });
  });
});

const ROLE_REF = { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' } };

describeWith('kubeconform', 'the schemas of Kubernetes 1.33', (kubeconform) => {
  it.each(WORLDS)('take every object: $name', ({ objects }) => {
    expect(objects.length).toBeGreaterThan(20);
    expect(
      conforms(
        kubeconform,
        objects.map(({ object }) => yaml(object)),
      ),
    ).toEqual({ valid: objects.length, problems: [] });
  });

  it('know every kind that can be written as a manifest', () => {
    const bodies: Readonly<Record<string, Loose>> = {
      PriorityClass: { value: 1 },
      StorageClass: { provisioner: 'ebs.csi.aws.com' },
      RoleBinding: ROLE_REF,
      ClusterRoleBinding: ROLE_REF,
    };
    const kinds = Object.values(KINDS);
    expect(
      conforms(
        kubeconform,
        kinds.map(({ apiVersion, kind }) => yaml({ apiVersion, kind, metadata: { name: 'x' }, ...bodies[kind] })),
      ),
    ).toEqual({ valid: kinds.length, problems: [] });
  });

  it.each<[what: string, change: (deployment: Loose) => void]>([
    ['a misspelt field', ({ spec: { template } }) => (template.spec.containerz = [])],
    ['a misspelt field of metadata', ({ metadata }) => (metadata.anotations = {})],
    ['text for a number', ({ spec }) => (spec.minReadySeconds = 'ten')],
    ['a number for text', ({ spec: { template } }) => (template.spec.containers[0].env[0].value = 5)],
    ['one for many', ({ spec: { template } }) => (template.spec.containers = template.spec.containers[0])],
    ['what is neither number nor text', ({ spec }) => (spec.strategy.rollingUpdate.maxSurge = {})],
    ['a size of no unit', ({ spec: { template } }) => (template.spec.containers[0].resources.limits.memory = '512 MiB')],
    ['a required field left out', ({ spec: { template } }) => delete template.spec.containers[0].name],
    ['a version that there is not', (deployment) => (deployment.apiVersion = 'apps/v1beta1')],
  ])('refuse %s', (_what, change) => {
    const deployment = structuredClone(everythingOn.objects.find(({ object }) => object.kind === 'Deployment')?.object);
    change(deployment);
    expect(conforms(kubeconform, [yaml(deployment)])).toMatchObject({ valid: 0, problems: [expect.any(String)] });
  });

  describeWith('helm', 'and those of custom resources', (helm) => {
    it.each(OF_PRODUCTION)('take every rendered chart: $name', ({ releases }) => {
      expect(
        conforms(
          kubeconform,
          releases.map((release) => rendered(helm, release).out),
        ),
      ).toEqual({ valid: releases.length, problems: [] });
    });

    it('refuse a misspelt field of one', () => {
      const [first] = everythingOn.releases.map((release) => rendered(helm, release).out.replace('spec:', 'spec:\n  misspelt: 1'));
      expect(conforms(kubeconform, [first ?? ''])).toMatchObject({ valid: 0, problems: [expect.stringContaining('misspelt')] });
    });
  });
});

describeWith('helm', 'charts of our own', (helm) => {
  const releases = OF_PRODUCTION.flatMap((world) => world.releases);
  const named = releases.map((release) => ({ release, of: `${release.stack}: ${release.name}` }));
  const binding = found(everythingOn.releases.find(({ values }) => values.targetGroupArn !== undefined));
  const login = found(everythingOn.releases.find(({ values }) => values.secret !== undefined));

  it('have a case of each', () => {
    expect(new Set(releases.map(({ values }) => Object.keys(values).sort().join()))).toEqual(new Set(['name,origin,port,targetGroupArn', 'name,origin,secret']));
  });

  it.each(named)('pass lint and render one object that the declaration meant: $of', ({ release }) => {
    expect(linted(helm, release)).toMatchObject({ code: 0, said: expect.stringContaining('0 chart(s) failed') });
    const { code, out } = rendered(helm, release);
    expect(code).toBe(0);
    const { values, namespace } = release;
    const metadata = { name: values.name, namespace, annotations: { 'groundplan.dev/origin': values.origin } };
    expect(parsed(helm, out)).toEqual(
      values.secret === undefined
        ? {
            apiVersion: 'elbv2.k8s.aws/v1beta1',
            kind: 'TargetGroupBinding',
            metadata,
            spec: { serviceRef: { name: values.name, port: values.port }, targetGroupARN: values.targetGroupArn, targetType: 'ip' },
          }
        : {
            apiVersion: 'secrets-store.csi.x-k8s.io/v1',
            kind: 'SecretProviderClass',
            metadata,
            spec: { provider: 'aws', parameters: { usePodIdentity: 'true', objects: `- objectName: "${values.secret}"\n  objectType: secretsmanager\n  objectAlias: login\n` } },
          },
    );
  });

  it('stand in for what AWS assigns with an ARN that is one', () => {
    expect(binding.values.targetGroupArn).toMatch(/^arn:aws:elasticloadbalancing:[a-z0-9-]+:\d{12}:targetgroup\//);
  });

  const required = [binding, login].flatMap((release) => Object.keys(release.values).map((value) => ({ release, value, of: release.name })));
  it.each(required)('fail without the value they need: $value of $of', ({ release, value }) => {
    const { [value]: _left, ...values } = release.values;
    expect(rendered(helm, { ...release, values })).toMatchObject({ code: 1, said: expect.stringContaining(value) });
  });

  it('mean what the YAML writer writes', () => {
    const awkward: Json = {
      objects: everythingOn.objects.map(({ object }) => object),
      text: [
        '',
        ' ',
        'yes',
        'No',
        'null',
        '~',
        '1',
        '1e3',
        '0o7',
        '2026-11-20',
        'a: b',
        'a #b',
        '- a',
        '*a',
        '&a',
        '!a',
        '%a',
        '@a',
        '{a',
        "it's",
        '"',
        'line\nline\n',
        'ü',
        'a:',
        'on',
      ],
      nested: [[1, [2]], [], {}, { a: [] }, { a: { b: null } }],
      yes: true,
      '1': 1.5,
      'a b': false,
    };
    expect(parsed(helm, yaml(awkward))).toEqual(awkward);
  });
});

/** Resources of one type in every stack, by where they are. */
const everyResource = (wanted: string): readonly { readonly of: string; readonly values: Loose }[] =>
  OF_PRODUCTION.flatMap(({ name: world, stacks }) =>
    Object.entries(stacks).flatMap(([stack, json]) =>
      resourcesOf(json)
        .filter(({ type }) => type === wanted)
        .map(({ name, values }) => ({ of: `${world}: ${stack}: ${name}`, values })),
    ),
  );

describeWith('promtool', 'rules of Prometheus', (promtool) => {
  const groups = everyResource('aws_prometheus_rule_group_namespace').map(({ of, values }) => ({ of, data: values.data as string }));
  const shares = groups.flatMap(({ of, data }) => {
    const rules: readonly Loose[] = JSON.parse(data).groups.flatMap((group: Loose) => group.rules);
    return rules.filter(({ alert }) => alert.endsWith('-error-share')).map((rule) => ({ of, data, rule }));
  });

  it.each(groups)('are rules: $of', ({ data }) => {
    expect(rulesChecked(promtool, data)).toMatchObject({ code: 0, said: expect.stringContaining('SUCCESS') });
  });

  it('would be refused with a query that is none', () => {
    expect(rulesChecked(promtool, (groups[0]?.data ?? '').replace('rate(', 'rat('))).toMatchObject({ code: 1, said: expect.stringContaining('unknown function') });
  });

  it('have error shares to fire on', () => {
    expect(shares.length).toBeGreaterThan(3);
  });

  /** Of a hundred requests a minute to the service itself `failing` fail; a neighbour fails always, and must not count. */
  const requests = ({ expr }: Loose, failing: number): Loose => {
    const labels = /\{(namespace="[^"]+",service="[^"]+")/.exec(expr)?.[1] ?? '';
    const series = (of: string, code: string, each: number): Loose => ({ series: `http_requests_total{${of},code="${code}",pod="a"}`, values: `0+${each}x30` });
    return [series(labels, '200', 100 - failing), series(labels, '503', failing), series(labels.replace(/service="/, 'service="not-'), '500', 100)];
  };

  it.each(shares)('fire on ten errors in a hundred, and name who is asked and what to do: $of', ({ data, rule }) => {
    const fired = [{ exp_labels: rule.labels, exp_annotations: rule.annotations }];
    const expectation = [
      ...[1, 4].map((minute) => ({ eval_time: `${minute}m`, alertname: rule.alert, exp_alerts: [] })),
      { eval_time: '15m', alertname: rule.alert, exp_alerts: fired },
    ];
    expect(rulesTested(promtool, data, [{ interval: '1m', input_series: requests(rule, 10), alert_rule_test: expectation }])).toMatchObject({ code: 0 });
    expect(Object.keys(rule.labels).sort()).toEqual(['owner', 'product', 'severity', 'subject']);
    expect(rule.annotations).toEqual({ summary: expect.any(String), description: expect.stringMatching(/^What to do: /) });
  });

  it.each(shares)('are silent on one error in a hundred, and on no requests at all: $of', ({ data, rule }) => {
    const silence = [{ eval_time: '15m', alertname: rule.alert, exp_alerts: [] }];
    for (const input_series of [requests(rule, 1), []])
      expect(rulesTested(promtool, data, [{ interval: '1m', input_series, alert_rule_test: silence }])).toMatchObject({ code: 0 });
  });
});

/** AWS takes a document around the configuration, which is one literal block of it. */
const insideOf = (definition: string): string => {
  const [head, ...lines] = definition.split('\n');
  if (head !== 'alertmanager_config: |') throw new Error(`'${head}' is not how AWS wants its document to begin`);
  return lines.map((line) => line.replace(/^ {2}/, '')).join('\n');
};

describeWith('amtool', 'routes of alerts', (amtool) => {
  const definitions = everyResource('aws_prometheus_alert_manager_definition').map(({ of, values }) => ({ of, config: insideOf(values.definition) }));

  it.each(definitions)('are a configuration of Alertmanager: $of', ({ config }) => {
    expect(alertManagerChecked(amtool, config)).toMatchObject({ code: 0, said: expect.stringContaining('SUCCESS') });
  });

  it('would be refused if they named nobody', () => {
    const [{ config } = { config: '' }] = definitions;
    expect(alertManagerChecked(amtool, config.replace('receiver: ', 'receiver: no-'))).toMatchObject({ code: 1 });
  });

  it.each(definitions.flatMap(({ of, config }) => SEVERITIES.map((severity) => ({ of, config, severity }))))(
    'tell the topic of the severity: $severity, $of',
    ({ config, severity }) => {
      expect(toldOf(amtool, config, { severity, product: 'shop' })).toBe(severity);
    },
  );

  it.each(definitions)('tell somebody of an alert without a severity: $of', ({ config }) => {
    expect(SEVERITIES).toContain(toldOf(amtool, config, { product: 'shop' }));
  });
});
