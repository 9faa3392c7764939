/**
 * What a platform has held so far, in the declaration's words. It lives beside the platform's file, is written by
 * `groundplan ledger`, and is how the model knows that something which cannot be had twice is about to disappear, to
 * change or to come back.
 */
export interface Ledger {
  /** Of the platform itself, what cannot change while it stands. */
  readonly platform: Fields;
  /** Every product that it ever had: names are not given twice. */
  readonly products: Readonly<Record<string, LedgerProduct>>;
}

export interface LedgerProduct {
  readonly retired: boolean;
  /** `live` or `retired`. */
  readonly tiers: Readonly<Record<string, string>>;
  /** What runs, where it runs, and the public host that it has there. */
  readonly services: Readonly<Record<string, LedgerService>>;
  /** By identity, the name that the data was made under. What was released stays for ever. */
  readonly data: Readonly<Record<string, LedgerDatum>>;
}

export interface LedgerService {
  readonly tier: string;
  readonly host?: string;
}

export interface LedgerDatum {
  readonly kind: string;
  /** `live` or `released`. */
  readonly state: string;
  /** Of what is live, what cannot change or only rise. */
  readonly fields?: Fields;
}

type Fields = Readonly<Record<string, unknown>>;
