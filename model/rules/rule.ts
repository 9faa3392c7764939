import { FieldTable, PlatformClass } from '../fields';
import { Places, ReadFields, placeOf } from '../read-fields';
import { Complaint } from '../problems';

/** A relation between fields of one thing. It is silent while a field it needs is itself a problem. */
export interface Rule<V> {
  readonly id: string;
  readonly needs: readonly (keyof V & string)[];
  /** The field that the problem is reported at. */
  readonly at: keyof V & string;
  readonly refuses: (values: V, platformClass: PlatformClass) => Complaint | undefined;
}

export const applyRules = <V>(
  rules: readonly Rule<V>[],
  fields: Pick<ReadFields<FieldTable>, 'values' | 'origins'>,
  platformClass: PlatformClass,
  places: Places,
): void => {
  for (const rule of rules) {
    if (!rule.needs.every((name) => name in fields.values)) continue;
    // The fields were read with the table that the rule was written for.
    const complaint = rule.refuses(fields.values as V, platformClass);
    if (complaint)
      placeOf(places, fields, ...rule.needs)
        .at(rule.at)
        .add(complaint, rule.id);
  }
};
