import { StackJson } from '../cli/stack-json';
import { UserError } from '../cli/user-error';
import { RefTable } from '../model/refs';
import { Gap, gapsThat } from './gaps';

export interface Fitted {
  /** The stack as the emulator can serve it. */
  readonly json: StackJson;
  /** Addresses of what is not in it. */
  readonly leftOut: readonly string[];
  /** Names of outputs that carry the contract's stand-in. */
  readonly standIns: readonly string[];
}

type Blocks = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/**
 * Takes out of a stack what the emulator cannot serve, and whatever reads it; an order alone (`depends_on`) is dropped,
 * and its owner stays. A pure function of the stack, its contract and the table.
 */
export const fitted = (
  stack: string,
  original: StackJson,
  contract: RefTable | undefined,
  gaps: readonly Gap[],
): Fitted => {
  const json = withAssigned(original, gaps);
  const out = unserved(json, gaps);
  const outputs = Object.entries(json.output ?? {}).map(([name, output]) => {
    if (!reads(output.value, out)) return { name, output, stoodIn: false };
    const standIn = contract?.[name]?.standIn;
    if (standIn === undefined)
      throw new UserError(`${stack}: output '${name}' reads what the emulator does not serve, and has no stand-in`);
    return { name, output: { ...output, value: standIn }, stoodIn: true };
  });
  const { resource, data, output: _outputs, ...rest } = json;
  return {
    json: {
      ...rest,
      ...(resource && { resource: kept(resource, '', out, gaps) }),
      ...(data && { data: kept(data, 'data.', out, gaps) }),
      ...(outputs.length > 0 && { output: Object.fromEntries(outputs.map(({ name, output }) => [name, output])) }),
    },
    leftOut: [...out].sort(),
    standIns: outputs.filter(({ stoodIn }) => stoodIn).map(({ name }) => name),
  };
};

/** Reads of an attribute that is never assigned become reads of a local value. */
const withAssigned = (json: StackJson, gaps: readonly Gap[]): StackJson => {
  const assigned = gapsThat(gaps, 'not assigned').flatMap(({ type, attribute, standIn }) =>
    Object.keys(json.resource?.[type] ?? {}).map((name) => ({
      local: `stand_in_${type}_${name}_${attribute}`,
      expression: `${type}.${name}.${attribute}`,
      standIn,
    })),
  );
  const text = JSON.stringify(json);
  const read = assigned.filter(({ expression }) => mentions(text, expression));
  if (read.length === 0) return json;
  const rewritten = JSON.parse(
    read.reduce((sofar, { local, expression }) => sofar.replace(mention(expression), `local.${local}`), text),
  ) as StackJson;
  const locals = Object.fromEntries(read.map(({ local, standIn }) => [local, standIn]));
  return { ...rewritten, locals: { ...(rewritten.locals as object | undefined), ...locals } };
};

const unserved = (json: StackJson, gaps: readonly Gap[]): ReadonlySet<string> => {
  const blocks = [...addressed(json.resource ?? {}, ''), ...addressed(json.data ?? {}, 'data.')];
  const types = gapsThat(gaps, 'not served').map(({ type }) => type);
  const out = new Set(blocks.filter(({ type }) => types.includes(type)).map(({ address }) => address));
  for (let before = -1; before !== out.size;) {
    before = out.size;
    for (const { address, values } of blocks) if (reads({ ...values, depends_on: [] }, out)) out.add(address);
  }
  return out;
};

const addressed = (blocks: Blocks, prefix: string) =>
  Object.entries(blocks).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, values]) => ({ type, name, values, address: `${prefix}${type}.${name}` })),
  );

const kept = (blocks: Blocks, prefix: string, out: ReadonlySet<string>, gaps: readonly Gap[]): Blocks => {
  const untaken = gapsThat(gaps, 'not taken');
  const rows = addressed(blocks, prefix)
    .filter(({ address }) => !out.has(address))
    .map(({ type, name, values }) => {
      const refused = untaken.filter((gap) => gap.type === type).map(({ argument }) => argument);
      const entries = Object.entries(values).filter(([key]) => !refused.includes(key));
      return { type, name, values: withoutOrder(Object.fromEntries(entries), out) };
    });
  return Object.fromEntries(
    [...new Set(rows.map(({ type }) => type))].map((type) => [
      type,
      Object.fromEntries(rows.filter((row) => row.type === type).map(({ name, values }) => [name, values])),
    ]),
  );
};

const withoutOrder = (values: Readonly<Record<string, unknown>>, out: ReadonlySet<string>) =>
  Array.isArray(values.depends_on)
    ? { ...values, depends_on: values.depends_on.filter((address: string) => !out.has(address)) }
    : values;

const reads = (value: unknown, addresses: ReadonlySet<string>): boolean => {
  const text = JSON.stringify(value);
  return [...addresses].some((address) => mentions(text, address));
};

const mentions = (text: string, expression: string): boolean => mention(expression).test(text);

/** An address, and no longer one that begins or ends with it. */
const mention = (expression: string): RegExp =>
  new RegExp(`(?<![\\w.-])${expression.replace(/\./g, '\\.')}(?![\\w-])`, 'g');
