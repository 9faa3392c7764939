import { isToken } from './plain';
import { shown } from './words';

/**
 * A mistake in a declaration, in the declaration's own words. Every problem says what was seen, what is allowed and
 * what to change: the type asks for all three, so no message can forget one.
 */
export interface Complaint {
  /** The value as its author would recognise it, or what is missing. */
  readonly seen: string;
  readonly allowed: string;
  readonly change: string;
}

export interface Problem extends Complaint {
  /** `<product>/<platform>`, or the platform alone. */
  readonly where: string;
  /** Where in the declaration, e.g. `data.orders.storage`. */
  readonly path: string;
  /** The rule that it breaks, where that is a row with an id. */
  readonly rule?: string;
}

export const sentence = ({ where, path, seen, allowed, change }: Problem): string =>
  `${where}: ${path}: ${seen}, ${allowed}; ${change}`;

/** What to say of a value: that it is a token, however right it may look, or else what its reader says. */
export const refusal = (raw: unknown, allowed: string, change: string): Complaint =>
  isToken(raw)
    ? {
        seen: shown(raw),
        allowed: 'is a token of the framework, and a declaration is plain data',
        change: 'write the value itself',
      }
    : { seen: shown(raw), allowed, change };

/** Words that say why: more than a dash, and no token that would only later be words. */
export const isReason = (raw: unknown): raw is string =>
  typeof raw === 'string' && raw.trim().length >= 3 && !isToken(raw);

/** What leaves the golden path, for a reason and until a day. */
export interface Excused {
  readonly where: string;
  readonly path: string;
  readonly because: string;
  /** The last day, as `2027-03-31`. */
  readonly until: string;
}

/** Collects problems, and beside them what was excused; `at` narrows the path, so that a rule never has to know where its subject stands. */
export class Report {
  constructor(
    private readonly where: string,
    private readonly sink: Problem[] = [],
    private readonly path: readonly string[] = [],
    private readonly excuses: Excused[] = [],
  ) {}

  at(...segments: readonly string[]): Report {
    return new Report(this.where, this.sink, [...this.path, ...segments], this.excuses);
  }

  /** The same collection under another heading: a product inside its platform. */
  for(where: string): Report {
    return new Report(where, this.sink, [], this.excuses);
  }

  add({ seen, allowed, change }: Complaint, rule?: string): void {
    this.sink.push({
      where: this.where,
      path: this.spelledPath || '(root)',
      seen,
      allowed,
      change,
      ...(rule !== undefined && { rule }),
    });
  }

  excuse(exception: { readonly because: string; readonly until: string }): void {
    this.excuses.push({ where: this.where, path: this.spelledPath, ...exception });
  }

  private get spelledPath(): string {
    return this.path.map((segment) => (/^[\w$-]{1,64}$/.test(segment) ? segment : shown(segment))).join('.');
  }

  get excused(): readonly Excused[] {
    return this.excuses;
  }

  get problems(): readonly Problem[] {
    return this.sink;
  }
}

/** The one error that the model throws: every problem of a declaration, once. */
export class DeclarationError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(
      [
        `${problems.length} problem${problems.length === 1 ? '' : 's'} in the declaration`,
        ...problems.map((p) => `  ${sentence(p)}`),
      ].join('\n'),
    );
    this.name = 'DeclarationError';
  }
}
