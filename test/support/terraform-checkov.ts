import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Stacks } from './harness';

export interface Finding {
  readonly rule: string;
  readonly at: string;
  readonly stack: string;
  readonly title: string;
}

export interface Scan {
  readonly failed: readonly Finding[];
  readonly passed: readonly Finding[];
  /** Whatever it could not read or judge: it says so on the side, and reports success. */
  readonly unread: readonly string[];
}

/**
 * One run over all stacks. Only resources, data and providers are shown to it: a version that Terraform must have,
 * being text where it expects a block, makes it skip the whole file.
 */
export const checkov = (program: string, stacks: Stacks): Scan => {
  const folder = mkdtempSync(join(tmpdir(), 'groundplan-checkov-'));
  try {
    for (const [stack, { resource, data, provider }] of Object.entries(stacks)) {
      const file = join(folder, stack, 'cdk.tf.json');
      mkdirSync(dirname(file));
      writeFileSync(file, JSON.stringify({ resource, data, provider }, null, 1));
    }
    const { stdout, stderr, status, error } = spawnSync(
      resolve(program),
      ['-d', folder, '--framework', 'terraform_json', '--skip-download', '-o', 'json'],
      { cwd: folder, encoding: 'utf8', maxBuffer: LARGEST_REPORT },
    );
    if (error) throw error;
    if (!stdout.startsWith('{')) throw new Error(`checkov ended with ${status} and said: ${stderr || stdout}`);
    const { results } = JSON.parse(stdout) as Report;
    if (!results) throw new Error(`checkov found nothing to look at: ${stdout}${stderr}`);
    return {
      failed: results.failed_checks.map(finding),
      passed: results.passed_checks.map(finding),
      unread: [...results.parsing_errors, ...stderr.split('\n').filter((line) => UNJUDGED.test(line))],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const UNJUDGED = /Failed to (add block|run check|parse)/;
const LARGEST_REPORT = 256 * 1024 * 1024;

interface Report {
  readonly results?: {
    readonly failed_checks: readonly Check[];
    readonly passed_checks: readonly Check[];
    readonly parsing_errors: readonly string[];
  };
}
interface Check {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
  readonly file_path: string;
}

const finding = ({ check_id: rule, check_name: title, resource, file_path: path }: Check): Finding => {
  const stack = dirname(path).replace(/^\//, '');
  return { rule, stack, at: `${stack}: ${resource}`, title };
};
