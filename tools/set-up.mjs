// What every program here needs before it can run: the packages of package-lock.json. Uses nothing but Node, because
// nothing else may be installed yet.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a program to its end: its exit code, and what it said if that was kept for later. */
export const run = (command, args, { keep = false } = {}) =>
  new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: keep ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32' && command === 'npm',
    });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(chunk));
    child.on('error', (error) => done({ code: 1, said: `${error}` }));
    child.on('close', (code) => done({ code: code ?? 1, said: Buffer.concat(said).toString().trim() }));
  });

export const heading = (text) => console.log(`── ${text}`);

/** npm writes its own copy of the lock file when it has installed everything. */
const whyInstall = () => {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return 'nothing is installed';
  return statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs
    ? 'package-lock.json is newer than node_modules'
    : undefined;
};

/** Installs packages where they are missing or stale; whether they are there in the end. */
export const installPackages = async () => {
  const reason = whyInstall();
  if (!reason) return true;
  heading(`npm ci: ${reason}`);
  const { code } = await run('npm', ['ci', '--no-audit', '--no-fund']);
  return code === 0;
};
