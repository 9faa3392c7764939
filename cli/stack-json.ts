/** As much of a synthesized stack as the tools here look at. */
export interface StackJson {
  readonly terraform: {
    readonly required_providers?: Readonly<Record<string, { readonly source: string; readonly version?: string }>>;
    readonly [more: string]: unknown;
  };
  readonly provider?: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly [more: string]: unknown;
}
