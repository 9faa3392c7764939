import { RefTable } from '../model/refs';
import { StackJson } from './stack-json';
import { UserError } from './user-error';

/** As JSON has it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * A value of a stack as Terraform would see it: references to the stack's own resources become what those are given,
 * references to other stacks the stand-ins of their contracts. What cannot be followed is a mistake, never a guess.
 */
export const withoutReferences = (value: unknown, stack: StackJson, contracts: ReadonlyMap<string, RefTable>): Json => {
  if (Array.isArray(value)) return value.map((item) => withoutReferences(item, stack, contracts));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, withoutReferences(inner, stack, contracts)]),
    );
  if (typeof value !== 'string') return value as Json;
  const whole = /^\$\{([^{}]+)\}$/.exec(value)?.[1];
  if (whole !== undefined) return follow(whole, stack, contracts);
  return (
    value
      .replace(/(?<!\$)\$\{([^{}]+)\}/g, (_text, expression: string) => String(follow(expression, stack, contracts)))
      // What Terraform hands on as it is, for others to read.
      .replaceAll('$${', '${')
  );
};

const follow = (expression: string, stack: StackJson, contracts: ReadonlyMap<string, RefTable>): Json => {
  const [first, second, third, ...path] = expression.replace(/\[(\d+)\]/g, '.$1').split('.');
  const found =
    first === 'data' && second === 'terraform_remote_state'
      ? standIn(third, path, stack, contracts)
      : valueAt(stack.resource?.[first ?? '']?.[second ?? ''], third === undefined ? [] : [third, ...path]);
  if (found === undefined)
    throw new UserError(
      `'\${${expression}}' is neither an output of another stack nor something that this one sets; nothing can stand in for it`,
    );
  return withoutReferences(found, stack, contracts);
};

const standIn = (
  state: string | undefined,
  [, output = '', ...rest]: readonly string[],
  stack: StackJson,
  contracts: ReadonlyMap<string, RefTable>,
): unknown => {
  const config = stack.data?.terraform_remote_state?.[state ?? '']?.config as { readonly key?: string } | undefined;
  return valueAt(contracts.get((config?.key ?? '').replace(/\.tfstate$/, ''))?.[output]?.standIn, rest);
};

/** Blocks are referred to as lists, whichever way they are written. */
const valueAt = (place: unknown, [step, ...rest]: readonly string[]): unknown => {
  if (step === undefined || typeof place !== 'object' || place === null) return step === undefined ? place : undefined;
  if (step === '0' && !Array.isArray(place)) return valueAt(place, rest);
  return valueAt((place as Readonly<Record<string, unknown>>)[step], rest);
};
