import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runProgram } from './processes';

/** Sentences that say what is missing and how to get it. */
export interface Missing {
  readonly missing: readonly string[];
}

const FOLDER = resolve('.tools', 'ministack');
const PYTHON = join(FOLDER, 'bin', 'python');
const REQUIREMENTS = join('demo', 'requirements.txt');

/** The Python of an environment of the emulator's own, made when it is not there or holds another release. */
export const emulatorPython = async (say: (line: string) => void): Promise<{ readonly python: string } | Missing> => {
  const python = installedEmulator();
  if (python !== undefined) return { python };
  const wanted = readFileSync(REQUIREMENTS, 'utf8').trim();

  const base = PYTHONS.find((candidate) =>
    succeeds(candidate, ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']),
  );
  if (!base)
    return {
      missing: [
        `no Python of 3.10 or newer is on the PATH (looked for ${PYTHONS.join(', ')}); install one (https://www.python.org/downloads)`,
      ],
    };
  say(`installing ${wanted} into ${join('.tools', 'ministack')}`);
  rmSync(FOLDER, { recursive: true, force: true });
  const made = await runProgram(base, ['-m', 'venv', FOLDER]);
  if (made.code !== 0)
    return {
      missing: [
        `${base} cannot make a virtual environment; install its venv module (on Debian: apt install python3-venv). It says:\n${said(made)}`,
      ],
    };
  const installed = await runProgram(PYTHON, ['-m', 'pip', 'install', '--quiet', '-r', REQUIREMENTS]);
  if (installed.code !== 0 || installedEmulator() === undefined)
    return {
      missing: [
        `the emulator ${wanted} cannot be installed; let pip reach PyPI or an index of yours (PIP_INDEX_URL). It says:\n${said(installed)}`,
      ],
    };
  return { python: PYTHON };
};

const PYTHONS = ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

const said = ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string =>
  (stderr.trim() || stdout.trim()).split('\n').slice(-6).join('\n');

/** The Python of an environment that holds the release wanted; one that was broken off while it was made does not. */
export const installedEmulator = (): string | undefined => {
  const [name = '', version = ''] = readFileSync(REQUIREMENTS, 'utf8').trim().split('==');
  const isRight = `import ${name}.app, importlib.metadata as m; raise SystemExit(m.version('${name}') != '${version}')`;
  return existsSync(PYTHON) && succeeds(PYTHON, ['-c', isRight]) ? PYTHON : undefined;
};

const succeeds = (program: string, args: readonly string[]): boolean =>
  spawnSync(program, [...args], { stdio: 'ignore' }).status === 0;
