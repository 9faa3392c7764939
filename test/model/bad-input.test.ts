import { DeclarationError, resolvePlatform, sentence } from '../../model';
import { FieldTable } from '../../model/fields';
import { dataKindNames, dataKindRow, serviceKindNames, serviceKindRow } from '../../model/kinds';
import { platformFields, platformRules } from '../../model/platform-fields';
import { poolFields, poolRules } from '../../model/pool-fields';
import { Problem } from '../../model/problems';
import { serviceFields } from '../../model/services/kind';
import { Case, casesOf, declarationOf, segmentsOf, themes } from './corpus';

const problemsOf = (declaration: unknown): readonly Problem[] => {
  try {
    resolvePlatform(declaration);
    return [];
  } catch (error) {
    if (error instanceof DeclarationError) return error.problems;
    throw error;
  }
};
const told = (one: Pick<Case, 'base' | 'changes'>): readonly string[] => problemsOf(declarationOf(one)).map(sentence);

const ALL = themes.flatMap(casesOf);
const BAD = ALL.filter(({ problems }) => problems.length > 0);

describe.each(themes)('bad input: %s', (theme) => {
  it.each(casesOf(theme).map((one) => [one.name, one] as const))('%s', (_name, one) => {
    expect(told(one)).toEqual(one.problems);
  });
});

/** Mistakes in every section, of things that no case speaks of. */
const OTHERS: Pick<Case, 'changes' | 'problems'> = {
  changes: {
    'platform.logDays': 7,
    'product.owner': '',
    'product.tiers.night': { pool: { profile: 'fast' } },
    'product.services.night-clerk': { kind: 'api', tier: 'night', memory: '1 MiB' },
    'product.data.night-book': { kind: 'sqs', attempts: 0 },
    'deployment.images.night-clerk': 'clerk:latest',
  },
  problems: [
    'production: logDays: 7, is below the golden path of production (365: a year is what most audits ask for); write 365, or an exception with because and until',
    "shop/production: owner: '', must be the name of a team: letters, digits, spaces and _ . @ / -, 63 characters at most; write the name of the team that is asked",
    'shop/production: data.night-book.attempts: 0, must be a whole number from 1 to 1000; raise it to at least 1',
    "shop/production: services.night-clerk.memory: '1 MiB', must be a size from '64 MiB' to '64 GiB'; raise it to at least '64 MiB'",
    "shop/production: tiers.night.pool.profile: 'fast', must be one of 'cpu', 'balanced', 'memory', 'io'; write one of these",
    "shop/production: images.night-clerk: 'clerk:latest', must be an image by digest (registry/name@sha256: and 64 digits); write the image that the build pushed",
  ],
};

/** Lists of what else is declared differ with what else is declared. */
const withoutLists = (problems: readonly string[]): readonly string[] =>
  problems.map((problem) => problem.replace(/ \([^()]*\)/g, '')).sort();
const overlaps = (one: Pick<Case, 'changes'>, other: Pick<Case, 'changes'>): boolean => {
  const inside = (a: readonly string[], b: readonly string[]): boolean =>
    a.every((segment, index) => b[index] === undefined || b[index] === segment);
  const paths = ({ changes }: Pick<Case, 'changes'>): readonly (readonly string[])[] =>
    Object.keys(changes).map(segmentsOf);
  return paths(one).some((mine) => paths(other).some((its) => inside(mine, its)));
};

const beside = BAD.filter((one) => !one.alone && (one.base ?? 'production') === 'production' && !overlaps(one, OTHERS));

it('there is something to compare', () => expect(beside.length).toBeGreaterThan(200));

it.each(beside.map((one) => [one.name, one] as const))('beside six other mistakes, all are told: %s', (_name, one) => {
  expect(withoutLists(told({ changes: { ...OTHERS.changes, ...one.changes } }))).toEqual(
    withoutLists([...one.problems, ...OTHERS.problems]),
  );
});

describe('the corpus leaves nothing out', () => {
  const told = BAD.flatMap((one) => problemsOf(declarationOf(one)));
  const fieldsIn = (section: RegExp): ReadonlySet<string> =>
    new Set(told.flatMap(({ path }) => (section.test(path) ? (path.split('.').at(-1) ?? []) : [])));
  const tables: readonly (readonly [string, FieldTable, RegExp])[] = [
    ['a platform', platformFields, /^\w+$/],
    ['a pool', poolFields, /^(overrides\.)?tiers\.[^.]+\.pool\.\w+$/],
    ['a service', serviceFields, /^(overrides\.)?services\.[^.]+\.\w+$/],
    ...serviceKindNames.map(
      (kind) =>
        [`a service of kind ${kind}`, serviceKindRow(kind).fields, /^(overrides\.)?services\.[^.]+\.\w+$/] as const,
    ),
    ...dataKindNames.map(
      (kind) => [`a datum of kind ${kind}`, dataKindRow(kind).fields, /^(overrides\.)?data\.[^.]+\.\w+$/] as const,
    ),
  ];

  it.each(tables)('every field of %s is wrong once', (_thing, table, section) => {
    expect(Object.keys(table).filter((field) => !fieldsIn(section).has(field))).toEqual([]);
  });

  it('every rule is broken once', () => {
    const rules = [
      ...platformRules,
      ...poolRules,
      ...dataKindNames.flatMap((kind) => dataKindRow(kind).rules),
      ...serviceKindNames.flatMap((kind) => serviceKindRow(kind).rules),
    ];
    expect(rules.map(({ id }) => id).filter((id) => !told.some(({ rule }) => rule === id))).toEqual([]);
  });

  it('every theme has neighbours that are right', () => {
    expect(
      themes.filter(
        (theme) => theme !== 'several-at-once' && casesOf(theme).every(({ problems }) => problems.length > 0),
      ),
    ).toEqual([]);
  });

  it('every case has a name of its own in its theme', () => {
    expect(
      themes
        .flatMap((theme) => casesOf(theme).map(({ name }) => `${theme}: ${name}`))
        .filter((name, index, all) => all.indexOf(name) !== index),
    ).toEqual([]);
  });
});
