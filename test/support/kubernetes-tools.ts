import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Loose, Release } from './kubernetes';

export interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

/** Programs of others, asked about text of ours. */
const run = (program: string, args: readonly string[], input = ''): Answer => {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  return { code: status, out: stdout, said: `${stdout}${stderr}` };
};

/** Files for one question, gone after it. */
const withFiles = <T>(files: Readonly<Record<string, string>>, ask: (folder: string) => T): T => {
  const folder = mkdtempSync(join(tmpdir(), 'groundplan-ask-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return ask(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Made by `.ci/install-tools` from what Kubernetes 1.35.0 and two controllers publish about themselves. */
const SCHEMAS = join('.tools', 'schemas', 'kubernetes-1.35.0');

export interface Verdict {
  readonly valid: number;
  readonly problems: readonly string[];
}

/** YAML documents against the schemas of their kinds, fields that no schema knows refused. */
export const conforms = (kubeconform: string, documents: readonly string[]): Verdict => {
  if (!existsSync(SCHEMAS)) throw new Error(`${SCHEMAS} is missing; run .ci/install-tools`);
  const { out, said } = run(
    kubeconform,
    [
      '-strict',
      '-summary',
      '-output',
      'json',
      '-schema-location',
      join(SCHEMAS, '{{ .ResourceKind }}{{ .KindSuffix }}.json'),
      '-',
    ],
    documents.join('---\n'),
  );
  if (out === '') throw new Error(said);
  const { resources, summary } = JSON.parse(out) as {
    readonly resources: readonly { readonly kind: string; readonly name: string; readonly msg: string }[];
    readonly summary: { readonly valid: number };
  };
  return { valid: summary.valid, problems: resources.map(({ kind, name, msg }) => `${kind} ${name}: ${msg}`) };
};

/** A release as Helm would render it, with its own values or changed ones. */
export const rendered = (helm: string, { name, namespace, chart, values }: Release): Answer =>
  run(
    helm,
    ['template', name, chart, '--namespace', namespace, '--kube-version', '1.35.0', '--values', '-'],
    JSON.stringify(values),
  );

export const linted = (helm: string, { chart, namespace, values }: Release): Answer =>
  withFiles({ 'values.json': JSON.stringify(values) }, (folder) =>
    run(helm, [
      'lint',
      chart,
      '--strict',
      '--namespace',
      namespace,
      '--kube-version',
      '1.35.0',
      '--values',
      join(folder, 'values.json'),
    ]),
  );

/** YAML as the data that it means: Helm reads it as the API server would, and needs a chart to do so. */
export const parsed = (helm: string, yaml: string): Loose =>
  withFiles(
    {
      'Chart.yaml': 'apiVersion: v2\nname: reader\nversion: 1.0.0\n',
      'document.yaml': yaml,
      'templates/read.yaml': '{{ .Files.Get "document.yaml" | fromYaml | toJson }}\n',
    },
    (folder) => {
      const { out, said } = run(helm, ['template', 'reader', folder]);
      const json = out.slice(out.indexOf('{'));
      if (json === '') throw new Error(said);
      return JSON.parse(json);
    },
  );

/** Rules of Prometheus, JSON being YAML. */
export const rulesChecked = (promtool: string, rules: string): Answer =>
  withFiles({ 'rules.yaml': rules }, (folder) => run(promtool, ['check', 'rules', join(folder, 'rules.yaml')]));
export const rulesTested = (promtool: string, rules: string, tests: readonly Loose[]): Answer =>
  withFiles(
    {
      'rules.yaml': rules,
      'tests.yaml': JSON.stringify({ rule_files: ['rules.yaml'], evaluation_interval: '1m', tests }),
    },
    (folder) => run(promtool, ['test', 'rules', join(folder, 'tests.yaml')]),
  );

export const alertManagerChecked = (amtool: string, config: string): Answer =>
  withFiles({ 'config.yaml': config }, (folder) => run(amtool, ['check-config', join(folder, 'config.yaml')]));
/** Who would be told of an alert with these labels. */
export const toldOf = (amtool: string, config: string, labels: Readonly<Record<string, string>>): string =>
  withFiles({ 'config.yaml': config }, (folder) =>
    run(amtool, [
      'config',
      'routes',
      'test',
      `--config.file=${join(folder, 'config.yaml')}`,
      ...Object.entries(labels).map(([name, value]) => `${name}=${value}`),
    ]).out.trim(),
  );
