import { PlatformClass } from '../fields';
import { Site } from '../naming';
import { Report } from '../problems';
import { Region } from '../regions';

/** What reading a product needs of its platform, before it is known whether the platform itself is without problems. */
export interface PlatformContext {
  readonly name: string;
  readonly class: PlatformClass;
  readonly site: Site;
  readonly domain: string | undefined;
  readonly region: Region | undefined;
}

/** Where problems of the declaration and of this platform's override of it are reported. */
export interface Places {
  readonly report: Report;
  readonly overrideReport: Report;
}
