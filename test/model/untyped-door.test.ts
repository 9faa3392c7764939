import { DeclarationError, resolvePlatform, sentence } from '../../model';
import { declarationOf } from './corpus';

/**
 * Whatever comes through the untyped door is resolved, or refused in the declaration's words; it never breaks
 * groundplan. Seeded, so that what fails today fails tomorrow.
 */
const ROUNDS = 3000;

const randomFrom =
  (seed: number): (() => number) =>
  () => {
    // https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

type Random = () => number;
const oneOf = <V>(random: Random, values: readonly V[]): V => values[Math.floor(random() * values.length)] as V;

const WORDS = [
  '',
  ' ',
  'shop',
  'orders',
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  '100 GiB',
  '-1 GiB',
  '2m',
  'write',
  'high',
  'a'.repeat(300),
  'é',
  '\u0000',
  "it's",
  '${TfToken[TOKEN.1]}',
  'web',
  'postgresql',
  '1.35',
] as const;
const NUMBERS = [0, -1, 0.5, 1, 3, 24, 1e9, Number.NaN, Infinity, -8.10956221259138e298, Number.MAX_SAFE_INTEGER];

const anything = (random: Random, depth = 3): unknown => {
  const kind = Math.floor(random() * (depth === 0 ? 4 : 7));
  if (kind === 0) return oneOf(random, WORDS);
  if (kind === 1) return oneOf(random, NUMBERS);
  if (kind === 2) return oneOf(random, [true, false, null, undefined]);
  if (kind === 3) return oneOf(random, [() => 'shop', Symbol('shop'), 10n, new Date(0), new Map([['a', 1]]), /x/]);
  if (kind === 4) return Array.from({ length: Math.floor(random() * 4) }, () => anything(random, depth - 1));
  return Object.fromEntries(
    Array.from({ length: Math.floor(random() * 4) }, () => [oneOf(random, WORDS), anything(random, depth - 1)]),
  );
};

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Every place of a declaration, so that each is as likely to be hit as another. */
const placesOf = (node: Node): readonly (readonly [Node, string])[] =>
  Object.keys(node).flatMap((key) => [[node, key] as const, ...(isNode(node[key]) ? placesOf(node[key]) : [])]);

const mangled = (random: Random): unknown => {
  const declaration = structuredClone(
    declarationOf({ base: oneOf(random, ['production', 'usual tiers', 'two products', 'held']), changes: {} }),
  ) as Node;
  for (let hits = 1 + Math.floor(random() * 3); hits > 0; hits--) {
    const [node, key] = oneOf(random, placesOf(declaration));
    const act = random();
    if (act < 0.15) delete node[key];
    else if (act < 0.3)
      Object.defineProperty(node, oneOf(random, WORDS), {
        value: anything(random),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    else node[key] = anything(random);
  }
  return declaration;
};

const outcome = (declaration: unknown): readonly string[] => {
  try {
    resolvePlatform(declaration);
    return [];
  } catch (error) {
    if (error instanceof DeclarationError) return error.problems.map(sentence);
    throw error;
  }
};

it('mangled declarations are resolved or refused, one line for each problem, none of them twice', () => {
  const random = randomFrom(20261121);
  let refused = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const declaration = mangled(random);
    const problems = outcome(declaration);
    refused += Number(problems.length > 0);
    expect(
      problems.filter(
        (problem) =>
          !/^([\w-]+|\(unnamed\))(\/([\w-]+|\(unnamed\)))?: .+: .+, .+; .+$/.test(problem) ||
          problem.includes('undefined') ||
          problem.includes('[object'),
      ),
    ).toEqual([]);
    expect(new Set(problems).size).toBe(problems.length);
    expect(outcome(declaration)).toEqual(problems);
  }
  expect(refused).toBeGreaterThan(ROUNDS / 2);
});

it('the order in which a declaration is written changes nothing', () => {
  const random = randomFrom(7);
  const shuffled = (value: unknown): unknown => {
    if (!isNode(value) || Array.isArray(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, inner]) => [random(), key, shuffled(inner)] as const)
        .sort(([a], [b]) => a - b)
        .map(([, key, inner]) => [key, inner]),
    );
  };
  const right = declarationOf({ base: 'two products', changes: {} });
  const wrong = declarationOf({
    base: 'two products',
    changes: {
      'platform.nat': 'none',
      'product.owner': '',
      'product.data.orders.storage': '1 GiB',
      'product.services.order-api.uses': { ordrs: 'read', 'order-events': 'write' },
      'product.tiers.web.pool': { min: 9, max: 1 },
    },
  });
  for (let round = 0; round < 50; round++) {
    expect(JSON.stringify(resolvePlatform(shuffled(right)))).toBe(JSON.stringify(resolvePlatform(right)));
    expect(outcome(shuffled(wrong))).toEqual(outcome(wrong));
  }
});
