import { PlatformClass } from '../fields';
import { Complaint, Report } from '../problems';

/** A relation between fields of one thing. It is silent while a field it needs is itself a problem. */
export interface Rule<V> {
  readonly id: string;
  readonly needs: readonly (keyof V & string)[];
  /** The field that the problem is reported at. */
  readonly at: keyof V & string;
  readonly refuses: (values: V, platformClass: PlatformClass) => Complaint | undefined;
}

export const applyRules = <V>(rules: readonly Rule<V>[], values: Partial<V>, platformClass: PlatformClass, report: Report): void => {
  for (const rule of rules) {
    if (!rule.needs.every((name) => name in (values as object))) continue;
    const complaint = rule.refuses(values as V, platformClass);
    if (complaint) report.at(rule.at).add(complaint);
  }
};
