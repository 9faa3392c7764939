import { yaml } from '../cli/yaml';
import { KINDS } from '../cli/manifest-words';
import { Json } from '../cli/references';
import { SEVERITIES } from '../model/signals';
import { resourcesOf } from './support/harness';
import { Loose, forgetWorlds, worlds } from './support/kubernetes';
import { found } from './support/kubernetes-rule';
import {
  alertManagerChecked,
  conforms,
  linted,
  parsed,
  rendered,
  rulesChecked,
  rulesTested,
  toldOf,
} from './support/kubernetes-tools';
import { describeWith } from './support/tools';

/** What the stacks put into the cluster, as the programs that will read it read it: schemas, charts, rules, routes. */
const WORLDS = worlds();
const [shopOnProduction, everythingOn] = WORLDS;
/** Charts and rules know nothing of a platform's class. */
const OF_PRODUCTION = [shopOnProduction, everythingOn];
afterAll(forgetWorlds);

const ROLE_REF = { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' } };

describeWith('kubeconform', 'the schemas of Kubernetes 1.35', (kubeconform) => {
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
    [
      'a size of no unit',
      ({ spec: { template } }) => (template.spec.containers[0].resources.limits.memory = '512 MiB'),
    ],
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
      const [first] = everythingOn.releases.map((release) =>
        rendered(helm, release).out.replace('spec:', 'spec:\n  misspelt: 1'),
      );
      expect(conforms(kubeconform, [first ?? ''])).toMatchObject({
        valid: 0,
        problems: [expect.stringContaining('misspelt')],
      });
    });
  });
});

/** Each of our charts by the values that it takes, and what it makes of them. */
const MEANT: readonly { readonly keys: string; readonly type: Loose; readonly spec: (values: Loose) => Loose }[] = [
  {
    keys: 'name,origin,port,targetGroupArn',
    type: { apiVersion: 'elbv2.k8s.aws/v1beta1', kind: 'TargetGroupBinding' },
    spec: ({ name, port, targetGroupArn }) => ({
      serviceRef: { name, port },
      targetGroupARN: targetGroupArn,
      targetType: 'ip',
    }),
  },
  {
    keys: 'name,origin,secret',
    type: { apiVersion: 'secrets-store.csi.x-k8s.io/v1', kind: 'SecretProviderClass' },
    spec: ({ secret }) => ({
      provider: 'aws',
      parameters: {
        usePodIdentity: 'true',
        objects: `- objectName: "${secret}"\n  objectType: secretsmanager\n  objectAlias: login\n`,
      },
    }),
  },
  {
    keys: 'max,min,name,origin,triggers',
    type: { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
    spec: ({ name, min, max, triggers }) => ({
      scaleTargetRef: { name },
      pollingInterval: 15,
      cooldownPeriod: 300,
      minReplicaCount: min,
      maxReplicaCount: max,
      fallback: { failureThreshold: 4, replicas: Math.max(min, 1) },
      advanced: {
        horizontalPodAutoscalerConfig: {
          behavior: {
            scaleDown: {
              stabilizationWindowSeconds: 300,
              policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }],
            },
          },
        },
      },
      triggers,
    }),
  },
];

describeWith('helm', 'charts of our own', (helm) => {
  const releases = OF_PRODUCTION.flatMap((world) => world.releases);
  const named = releases.map((release) => ({ release, of: `${release.stack}: ${release.name}` }));
  const binding = found(everythingOn.releases.find(({ values }) => values.targetGroupArn !== undefined));
  const login = found(everythingOn.releases.find(({ values }) => values.secret !== undefined));

  it('have a case of each', () => {
    expect(new Set(releases.map(({ values }) => Object.keys(values).sort().join()))).toEqual(
      new Set(MEANT.map(({ keys }) => keys)),
    );
  });

  it.each(named)('pass lint and render one object that the declaration meant: $of', ({ release }) => {
    expect(linted(helm, release)).toMatchObject({ code: 0, said: expect.stringContaining('0 chart(s) failed') });
    const { code, out } = rendered(helm, release);
    expect(code).toBe(0);
    const { values, namespace } = release;
    const metadata = { name: values.name, namespace, annotations: { 'groundplan.dev/origin': values.origin } };
    const meant = MEANT.find(({ keys }) => keys === Object.keys(values).sort().join());
    expect(parsed(helm, out)).toEqual({ ...meant?.type, metadata, spec: meant?.spec(values) });
  });

  it('stand in for what AWS assigns with an ARN that is one', () => {
    expect(binding.values.targetGroupArn).toMatch(/^arn:aws:elasticloadbalancing:[a-z0-9-]+:\d{12}:targetgroup\//);
  });

  const required = [binding, login].flatMap((release) =>
    Object.keys(release.values).map((value) => ({ release, value, of: release.name })),
  );
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
  const groups = everyResource('aws_prometheus_rule_group_namespace').map(({ of, values }) => ({
    of,
    data: values.data as string,
  }));
  const shares = groups.flatMap(({ of, data }) => {
    const rules: readonly Loose[] = JSON.parse(data).groups.flatMap((group: Loose) => group.rules);
    return rules.filter(({ alert }) => alert.endsWith('-error-share')).map((rule) => ({ of, data, rule }));
  });

  it.each(groups)('are rules: $of', ({ data }) => {
    expect(rulesChecked(promtool, data)).toMatchObject({ code: 0, said: expect.stringContaining('SUCCESS') });
  });

  it('would be refused with a query that is none', () => {
    expect(
      rulesChecked(promtool, found(groups.find(({ data }) => data.includes('rate('))).data.replace('rate(', 'rat(')),
    ).toMatchObject({
      code: 1,
      said: expect.stringContaining('unknown function'),
    });
  });

  it('have error shares to fire on', () => {
    expect(shares.length).toBeGreaterThan(3);
  });

  /** Of a hundred requests a minute to the service itself `failing` fail; a neighbour fails always, and must not count. */
  const requests = ({ expr }: Loose, failing: number): Loose => {
    const labels = /\{(namespace="[^"]+",service="[^"]+")/.exec(expr)?.[1] ?? '';
    const series = (of: string, code: string, each: number): Loose => ({
      series: `http_requests_total{${of},code="${code}",pod="a"}`,
      values: `0+${each}x30`,
    });
    return [
      series(labels, '200', 100 - failing),
      series(labels, '503', failing),
      series(labels.replace(/service="/, 'service="not-'), '500', 100),
    ];
  };

  it.each(shares)('fire on ten errors in a hundred, and name who is asked and what to do: $of', ({ data, rule }) => {
    const fired = [{ exp_labels: rule.labels, exp_annotations: rule.annotations }];
    const expectation = [
      ...[1, 4].map((minute) => ({ eval_time: `${minute}m`, alertname: rule.alert, exp_alerts: [] })),
      { eval_time: '15m', alertname: rule.alert, exp_alerts: fired },
    ];
    expect(
      rulesTested(promtool, data, [{ interval: '1m', input_series: requests(rule, 10), alert_rule_test: expectation }]),
    ).toMatchObject({ code: 0 });
    expect(Object.keys(rule.labels).sort()).toEqual(['owner', 'product', 'severity', 'subject']);
    expect(rule.annotations).toEqual({
      summary: expect.any(String),
      description: expect.stringMatching(/^What to do: /),
    });
  });

  it.each(shares)('are silent on one error in a hundred, and on no requests at all: $of', ({ data, rule }) => {
    const silence = [{ eval_time: '15m', alertname: rule.alert, exp_alerts: [] }];
    for (const input_series of [requests(rule, 1), []])
      expect(rulesTested(promtool, data, [{ interval: '1m', input_series, alert_rule_test: silence }])).toMatchObject({
        code: 0,
      });
  });
});

/** AWS takes a document around the configuration, which is one literal block of it. */
const insideOf = (definition: string): string => {
  const [head, ...lines] = definition.split('\n');
  if (head !== 'alertmanager_config: |') throw new Error(`'${head}' is not how AWS wants its document to begin`);
  return lines.map((line) => line.replace(/^ {2}/, '')).join('\n');
};

describeWith('amtool', 'routes of alerts', (amtool) => {
  const definitions = everyResource('aws_prometheus_alert_manager_definition').map(({ of, values }) => ({
    of,
    config: insideOf(values.definition),
  }));

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
