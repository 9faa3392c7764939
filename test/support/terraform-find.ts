import { Stacks, resourcesOf } from './harness';

export interface Found {
  readonly stack: string;
  readonly name: string;
  /** For messages. */
  readonly at: string;
  // A resource of any type, as JSON: its test knows what should be in it.
  readonly values: any;
}

/** Finds resources by their type, in all stacks. */
export const finder = (stacks: Stacks) => {
  const all = (type: string): readonly Found[] =>
    Object.entries(stacks).flatMap(([stack, json]) =>
      resourcesOf(json).flatMap(({ type: own, name, values }) =>
        own === type ? [{ stack, name, values, at: `${stack}: ${type}.${name}` }] : [],
      ),
    );
  /** At least one, or a test that looks at all of them proves nothing. */
  const some = (type: string): readonly Found[] => {
    const found = all(type);
    if (found.length === 0) throw new Error(`no stack holds any ${type}`);
    return found;
  };
  return { all, some };
};

/** How a resource of the same stack is referred to. */
export const reference = (type: string, name: string, attribute: string): string => `\${${type}.${name}.${attribute}}`;

export interface Statement {
  readonly sid?: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
  readonly principals?: readonly { readonly type: string; readonly identifiers: readonly string[] }[];
  readonly condition?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
}

/** Every policy: what it is called where, and what it says. */
export const documentsOf = (stacks: Stacks) =>
  Object.entries(stacks).flatMap(([stack, { data }]) =>
    Object.entries(data?.aws_iam_policy_document ?? {}).map(([name, { statement }]) => ({
      stack,
      name,
      at: `${stack}: ${name}`,
      statements: statement as readonly Statement[],
    })),
  );
