import { PlatformClass } from '../fields';
import { Ledger } from '../ledger';
import { Site } from '../naming';
import { Region } from '../regions';

/** What reading a product needs of its platform, before it is known whether the platform itself is without problems. */
export interface PlatformContext {
  readonly name: string;
  /** Whether its own name is no problem: only then can the names that begin with it be judged. */
  readonly named: boolean;
  readonly class: PlatformClass;
  readonly site: Site;
  readonly domain: string | undefined;
  readonly region: Region | undefined;
  /** Whether its nodes reach AWS inside the network only; then no other registry is within reach. */
  readonly endpoints: boolean;
  /** What it has held so far; nothing where the ledger is a problem. */
  readonly held: Ledger;
}
