import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * Declarations with their problems, as data: `test/corpus/<theme>.json`. A case changes a few places of a base, a
 * product on a platform, and lists every problem that must be told, whole; one without problems is the valid neighbour
 * of those beside it.
 */
export interface Case {
  readonly name: string;
  /** A name in `bases.json`; `production` if it is left out. */
  readonly base?: string;
  /**
   * A path to its value. It begins with what is changed: `platform`, `product`, `deployment`, and where the base has a
   * second one `other`, `otherDeployment`. A value may be a mark, see `MARKS`.
   */
  readonly changes: Readonly<Record<string, unknown>>;
  /** Why it says nothing about other mistakes beside it: it changes how everything else is read. */
  readonly alone?: string;
  readonly problems: readonly string[];
}

/** The parts of a declaration, apart, so that a change can be anything, anywhere. */
type Parts = { [part: string]: unknown };
type Base = Parts | { readonly from: string; readonly changes: Case['changes'] };

const FOLDER = join(__dirname, '..', 'corpus');
const read = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
const BASES = read('bases.json') as Readonly<Record<string, Base>>;

export const themes: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name !== 'bases.json')
  .map((name) => basename(name, '.json'))
  .sort();
export const casesOf = (theme: string): readonly Case[] => read(`${theme}.json`) as readonly Case[];

/**
 * The declaration of a case, as it comes through the untyped door. Every service has an image, or each case that adds
 * one would have to say so; what a case says of images comes after.
 */
export const declarationOf = ({ base = 'production', changes }: Pick<Case, 'base' | 'changes'>): unknown => {
  const ofImages = (path: string): boolean => /^(deployment|otherDeployment)\.images/.test(path);
  const parts = change(
    structuredClone(baseOf(base)),
    filtered(changes, (path) => !ofImages(path)),
  );
  addImages(parts.product, parts.deployment, parts.platform);
  addImages(parts.other, parts.otherDeployment, parts.platform);
  return assemble(change(parts, filtered(changes, ofImages)));
};

const filtered = (changes: Case['changes'], keep: (path: string) => boolean): Case['changes'] =>
  Object.fromEntries(Object.entries(changes).filter(([path]) => keep(path)));

const baseOf = (name: string): Parts => {
  const base = BASES[name];
  if (!base) throw new Error(`bases.json has no '${name}'`);
  return 'from' in base ? change(structuredClone(baseOf(base.from as string)), base.changes as Case['changes']) : base;
};

const change = (parts: Parts, changes: Case['changes']): Parts => {
  for (const [path, value] of Object.entries(changes)) {
    const segments = segmentsOf(path);
    const last = segments.pop() ?? '';
    const place = segments.reduce<Parts>((at, segment) => (at[segment] ??= {}) as Parts, parts);
    const mark = MARKS.find(({ key }) => isRecord(value) && key in value);
    if (mark?.key === '$remove') delete place[last];
    // Defined, not assigned: a key may be `__proto__`.
    else
      Object.defineProperty(place, last, {
        value: mark ? mark.means((value as Parts)[mark.key]) : structuredClone(value),
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return parts;
};

/** A dot separates, but not inside `[…]`: a name may hold anything. */
export const segmentsOf = (path: string): string[] =>
  [...path.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map(([text, bracketed]) => bracketed ?? text);

class Instance {
  readonly kind = 'web';
}
/** What JSON has no words for. */
const MARKS: readonly { readonly key: string; readonly means: (argument: unknown) => unknown }[] = [
  { key: '$remove', means: () => undefined },
  { key: '$nothing', means: () => undefined },
  {
    key: '$repeat',
    means: (argument) => {
      const [text, times] = argument as [string, number];
      return text.repeat(times);
    },
  },
  {
    key: '$list',
    means: (argument) => {
      const [text, length] = argument as [string, number];
      return Array.from({ length }, (_, index) => `${text}${index}`);
    },
  },
  { key: '$number', means: Number },
  {
    key: '$a',
    means: (argument) =>
      ({
        function: () => 'shop',
        Date: new Date(0),
        instance: new Instance(),
        symbol: Symbol('shop'),
        getter: {
          get kind() {
            throw new Error('a declaration is never run');
          },
        },
      })[argument as string],
  },
];

const isRecord = (value: unknown): value is Parts =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value)?.constructor?.name === 'Object';

const assemble = ({ platform, product, deployment, other, otherDeployment }: Parts): unknown => {
  const entry = (declared: unknown, beside: unknown): unknown =>
    isRecord(beside) ? { ...(declared !== undefined && { product: declared }), ...beside } : beside;
  return isRecord(platform)
    ? {
        products: [
          entry(product, deployment),
          ...(otherDeployment === undefined ? [] : [entry(other, otherDeployment)]),
        ],
        ...platform,
      }
    : platform;
};

const addImages = (product: unknown, deployment: unknown, platform: unknown): void => {
  const region = isRecord(platform) && platform.region === 'us-east-1' ? 'us-east-1' : 'eu-west-1';
  if (!isRecord(product) || !isRecord(product.services) || !isRecord(deployment)) return;
  deployment.images = Object.fromEntries(
    Object.keys(product.services).map((service) => [
      service,
      `111111111111.dkr.ecr.${region}.amazonaws.com/shop/image@sha256:${'0123456789abcdef'.repeat(4)}`,
    ]),
  );
};
