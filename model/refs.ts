/**
 * What AWS assigns travels between stacks as named outputs. A table of refs is the whole contract of a producer: it is
 * published whole, read from one place, and carries a stand-in of the right shape for planning before anything exists.
 */
export interface Ref<T extends string | readonly string[] = string | readonly string[]> {
  readonly doc: string;
  readonly standIn: T;
}
export type RefTable = Readonly<Record<string, Ref>>;

/** What a producer hands over: one value for each ref. */
export type RefValues<T extends RefTable> = {
  readonly [K in keyof T]: T[K] extends Ref<string>
    ? string
    : T[K] extends Ref<readonly string[]>
      ? readonly string[]
      : string | readonly string[];
};

/** A value that another stack publishes; where it comes from is known by name, and nothing else. */
export interface Travelling {
  readonly from: 'platform' | 'gateway' | 'data' | `${string}-tier`;
  readonly output: string;
}
/** Computed here, or travelling from where it was assigned. */
export type Known = string | Travelling;

/** Provider checks look at the shape of ids and ARNs, never at whether they exist. */
export const id = (prefix: string, doc: string): Ref<string> => ({ doc, standIn: `${prefix}-0123456789abcdef0` });
export const ids = (prefix: string, doc: string): Ref<readonly string[]> => ({
  doc,
  standIn: ['0', '1', '2'].map((last) => `${prefix}-0123456789abcde${last}0`),
});
export const arnRef = (service: string, resource: string, doc: string): Ref<string> => ({
  doc,
  standIn: `arn:aws:${service}:eu-west-1:111111111111:${resource}`,
});
export const textRef = (standIn: string, doc: string): Ref<string> => ({ doc, standIn });
