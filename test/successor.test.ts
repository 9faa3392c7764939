import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import ts from 'typescript';

/**
 * CDKTF is archived, and `cdktn` is what its users went on to make of it: the same source must give the same output on
 * both, so that whoever changes over plans no change. This repository's own platforms, each time in a process of its
 * own. Framework versions are all that may differ.
 */
const root = dirname(__dirname);
const work = mkdtempSync(join(tmpdir(), 'groundplan-successor-'));
const FRAMEWORKS = ['cdktf', 'cdktn'] as const;
type Framework = (typeof FRAMEWORKS)[number];

interface Synthesis {
  readonly loaded: readonly string[];
  /** The framework's versions, as every stack and the manifest note them. */
  readonly versions: readonly string[];
  /** By file name, everything but those. */
  readonly files: Readonly<Record<string, unknown>>;
}

const synthesizedOn = async (framework: Framework): Promise<Synthesis> => {
  const [outdir, loaded] = [join(work, framework), join(work, `${framework}.json`)];
  const child = spawn(
    process.execPath,
    ['--require', join(__dirname, 'support', 'framework.js'), join('tools', 'run.mjs'), 'main.ts'],
    {
      cwd: root,
      env: { ...process.env, CDKTF_OUTDIR: outdir, FRAMEWORK: framework, FRAMEWORKS_LOADED: loaded },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const said: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  if (code !== 0) throw new Error(`synthesis on ${framework} failed: ${Buffer.concat(said).toString()}`);

  const versions = new Set<string>();
  const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^manifest|\.tf)\.json$/.test(file))
    .sort()
    .map((file) => {
      const json = JSON.parse(readFileSync(join(outdir, file), 'utf8')) as Noted;
      const noted = json['//']?.metadata ?? json;
      versions.add(noted.version ?? 'none');
      delete noted.version;
      return [file, json] as const;
    });
  return {
    loaded: JSON.parse(readFileSync(loaded, 'utf8')) as string[],
    versions: [...versions],
    files: Object.fromEntries(files),
  };
};

interface Noted {
  version?: string;
  readonly '//'?: { readonly metadata: { version?: string } };
}

const installed = (framework: Framework): string =>
  (JSON.parse(readFileSync(join(root, 'node_modules', framework, 'package.json'), 'utf8')) as { version: string })
    .version;

let on: Readonly<Record<Framework, Synthesis>>;
beforeAll(async () => {
  const [cdktf, cdktn] = await Promise.all([synthesizedOn('cdktf'), synthesizedOn('cdktn')]);
  on = { cdktf, cdktn };
}, 180_000);
afterAll(() => rmSync(work, { recursive: true }));

describe('the successor of the framework', () => {
  it.each(FRAMEWORKS)('is compared with what it follows: one synthesis ran on %s and on nothing else', (framework) => {
    const { loaded, versions, files } = on[framework];
    expect({ loaded, versions }).toEqual({ loaded: [framework], versions: [installed(framework)] });
    expect(Object.keys(files)).toContain(join('stacks', 'production-network', 'cdk.tf.json'));
  });

  it('makes the same stacks in the same order', () => {
    expect(on.cdktn.files['manifest.json']).toEqual(on.cdktf.files['manifest.json']);
    expect(Object.keys(on.cdktn.files)).toEqual(Object.keys(on.cdktf.files));
  });

  it('says the same in each of them', () => {
    const differ = Object.keys(on.cdktf.files).filter(
      (file) => !isDeepStrictEqual(on.cdktf.files[file], on.cdktn.files[file]),
    );
    expect(differ).toEqual([]);
  });

  it('takes the source as it is, types included', () => {
    const { options } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
      ts.sys,
      root,
    );
    const program = ts.createProgram([join(root, 'main.ts')], {
      ...options,
      baseUrl: root,
      paths: { cdktf: [join('node_modules', 'cdktn')] },
    });
    const frameworks = program
      .getSourceFiles()
      .map(({ fileName }) => /node_modules\/(cdkt[fn])\//.exec(fileName)?.[1])
      .filter((framework) => framework !== undefined);
    expect(new Set(frameworks)).toEqual(new Set(['cdktn']));
    const errors = ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText);
    expect(errors).toEqual([]);
  }, 180_000);

  it('is the one that the decision record tells users to change over to', () => {
    const record = readFileSync(join(root, 'docs', 'adr', '0015-after-cdktf.md'), 'utf8');
    expect(record).toContain(`npm:cdktn@${installed('cdktn')}`);
  });
});
