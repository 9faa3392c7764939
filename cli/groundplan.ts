import { DeclarationError } from '../model';
import { Arguments, readArguments } from './arguments';
import { aligned } from './columns';
import { exceptions } from './exceptions';
import { firstPlan } from './first-plan';
import { images } from './images';
import { ledger } from './ledger';
import { manifests } from './manifests';
import { reference } from './reference';
import { resolve } from './resolve';
import { UserError } from './user-error';

/** The commands of `npx groundplan`, each in a file of its own name. */
const COMMANDS: Readonly<
  Record<string, { readonly usage: string; readonly does: string; readonly run: (args: Arguments) => Promise<number> }>
> = {
  plan: {
    usage: 'plan --first [STACK …]',
    does: 'plans a first rollout before anything exists: real Terraform, stand-ins for what AWS would assign',
    run: firstPlan,
  },
  resolve: {
    usage: 'resolve PRODUCT [--platform PLATFORM]',
    does: 'prints what was declared, what was filled in and why, and what every edge opens',
    run: resolve,
  },
  reference: { usage: 'reference', does: 'writes docs/reference.md: every field, its default and why', run: reference },
  ledger: {
    usage: 'ledger [--check]',
    does: 'writes what each platform holds beside its declaration, or checks that it is written',
    run: ledger,
  },
  exceptions: {
    usage: 'exceptions [--today DAY]',
    does: 'lists what leaves the golden path, why and until when, and fails for what has ended',
    run: exceptions,
  },
  images: {
    usage: 'images [PLATFORM …]',
    does: 'prints the commands that copy what a platform runs into its registry, before its controllers are installed',
    run: images,
  },
  manifests: { usage: 'manifests [STACK …]', does: 'prints what stacks put into the cluster, as YAML', run: manifests },
};

const main = async ([name, ...args]: readonly string[]): Promise<number> => {
  const command = name === undefined ? undefined : COMMANDS[name];
  if (name !== undefined && command) return command.run(readArguments(name, command.usage, args));
  const asked = name === undefined || name === 'help' || name === '--help';
  (asked ? console.log : console.error)(
    [
      ...(asked ? [] : [`groundplan: '${name}' is not a command`]),
      'usage:',
      ...aligned(
        Object.values(COMMANDS).map(({ usage, does }) => [`npx groundplan ${usage}`, does]),
        2,
      ),
    ].join('\n'),
  );
  return asked ? 0 : 2;
};

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof DeclarationError || error instanceof UserError ? error.message : error);
    process.exitCode = 1;
  },
);
