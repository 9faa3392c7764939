import { UserError } from '../cli/user-error';
import { DeclarationError } from '../model';
import { down } from './down';
import { Interrupted } from './processes';
import { up } from './up';

const USAGE = `usage:
  npm run demo                                  deploys the product 'shop' to an AWS emulator on this machine
  npm run demo -- --port N                      has the emulator listen on another port
  npm run demo -- --context NAME                applies in-cluster stacks too, to this context of your kubeconfig
  npm run demo:down                             ends the emulator and removes everything that was made
exit codes: 0 made, 1 failed, 2 not understood, 3 only synthesized because something is missing, 130 interrupted`;

/** `npm run demo` and `npm run demo:down`. */
const main = async (args: readonly string[]): Promise<number> => {
  const [command, ...rest] = args[0] === 'down' ? args : ['up', ...args];
  const options = optionsIn(rest);
  if (!options || (command === 'down' && rest.length > 0)) {
    console.error(USAGE);
    return 2;
  }
  return command === 'down' ? down() : up(options);
};

/** Undefined where there is something that is not understood. */
const optionsIn = (args: readonly string[]): { readonly port?: number; readonly context?: string } | undefined => {
  const [name, value, ...rest] = args;
  if (name === undefined) return {};
  const others = value === undefined ? undefined : optionsIn(rest);
  if (!others || value === undefined) return undefined;
  if (name === '--context') return { context: value, ...others };
  const port = Number(value);
  return name === '--port' && Number.isInteger(port) && port > 0 && port < 65_536 ? { port, ...others } : undefined;
};

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const isTold = [DeclarationError, UserError, Interrupted].some((known) => error instanceof known);
    console.error(isTold ? `demo: ${(error as Error).message}` : error);
    process.exitCode = 1;
  },
);
