/**
 * What a platform has held so far, in the declaration's words. It lives beside the platform's file, is written by
 * `groundplan ledger`, and is how the model knows that something that holds data is about to disappear.
 */
export type Ledger = Readonly<Record<string, LedgerProduct>>;

export interface LedgerProduct {
  readonly retired: boolean;
  /** `live` or `retired`. */
  readonly tiers: Readonly<Record<string, string>>;
  /** By identity, the name that the data was made under; `live` or `released`. */
  readonly data: Readonly<Record<string, { readonly kind: string; readonly state: string }>>;
}
