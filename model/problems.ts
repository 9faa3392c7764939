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
}

export const sentence = ({ where, path, seen, allowed, change }: Problem): string =>
  `${where}: ${path}: ${seen}, ${allowed}; ${change}`;

/** Collects problems; `at` narrows the path, so that a rule never has to know where its subject stands. */
export class Report {
  constructor(
    private readonly where: string,
    private readonly sink: Problem[] = [],
    private readonly path: readonly string[] = [],
  ) {}

  at(...segments: readonly string[]): Report {
    return new Report(this.where, this.sink, [...this.path, ...segments]);
  }

  /** The same collection under another heading: a product inside its platform. */
  for(where: string): Report {
    return new Report(where, this.sink);
  }

  add(complaint: Complaint): void {
    const { seen, allowed, change } = complaint;
    this.sink.push({ where: this.where, path: this.path.join('.') || '(root)', seen, allowed, change });
  }

  get problems(): readonly Problem[] {
    return this.sink;
  }
}

/** The one error that the model throws: every problem of a declaration, once. */
export class DeclarationError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super([`${problems.length} problem${problems.length === 1 ? '' : 's'} in the declaration`, ...problems.map((p) => `  ${sentence(p)}`)].join('\n'));
    this.name = 'DeclarationError';
  }
}
