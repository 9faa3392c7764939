import { Places, recordAt, refuseUnknown } from '../read-fields';
import { EMPTY } from '../plain';
import { Report } from '../problems';

export const SECTION_NAMES = ['tiers', 'services', 'data'] as const;
type SectionName = (typeof SECTION_NAMES)[number];
export type Entry = readonly [key: string, raw: unknown, override: unknown, places: Places];

/** The three named collections, each entry beside its override. Missing where a collection could not be read. */
export const readSections = (
  product: Readonly<Record<string, unknown>>,
  rawOverrides: unknown,
  meant: ReadonlySet<string>,
  report: Report,
): Readonly<Record<SectionName, readonly Entry[] | undefined>> => {
  const overrideReport = report.at('overrides');
  const overrides = rawOverrides === undefined ? EMPTY : (recordAt(rawOverrides, overrideReport) ?? EMPTY);
  refuseUnknown(overrides, SECTION_NAMES, overrideReport);
  const entries = (section: SectionName): readonly Entry[] | undefined => {
    if (product[section] === undefined && meant.has(section)) return undefined;
    const wanted =
      product[section] === undefined && section !== 'services' ? EMPTY : recordAt(product[section], report.at(section));
    const laidOver =
      overrides[section] === undefined ? EMPTY : (recordAt(overrides[section], overrideReport.at(section)) ?? EMPTY);
    if (!wanted) return undefined;
    refuseUnknown(laidOver, Object.keys(wanted), overrideReport.at(section), `declared in ${section}`);
    return Object.entries(wanted).map(([key, raw]) => [
      key,
      raw,
      laidOver[key],
      { report: report.at(section, key), overrideReport: overrideReport.at(section, key) },
    ]);
  };
  return { tiers: entries('tiers'), services: entries('services'), data: entries('data') };
};
