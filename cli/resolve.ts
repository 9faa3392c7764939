import { PlatformDeclaration, ResolvedPlatform, resolvePlatforms } from '../model';
import { didYouMean, listed, shown } from '../model/words';
import { platforms } from '../platforms';
import { Arguments } from './arguments';
import { described } from './described';
import { UserError } from './user-error';

/** Prints what was decided for a product, and why: on every platform that runs it, or on one. */
export const resolve = async ({ flags, names: [product = ''] }: Arguments): Promise<number> => {
  console.log(resolvedText(platforms, product, flags.get('--platform')));
  return 0;
};

export const resolvedText = (
  declared: readonly PlatformDeclaration[],
  product: string,
  platform: string | undefined,
): string => {
  const all = resolvePlatforms(declared);
  if (platform !== undefined) known('platform', platform, all.map(nameOf));
  known('product', product, [...new Set(all.flatMap(productsOf))]);
  const running = all.filter((one) => productsOf(one).includes(product));
  const asked = running.filter((one) => platform === undefined || nameOf(one) === platform);
  if (asked.length === 0)
    throw new UserError(
      `${shown(product)} does not run on ${platform}; it runs on ${listed(running.map(nameOf).sort())}`,
    );
  return asked
    .flatMap((one) => one.products.filter(({ site }) => site.product === product).map((found) => described(one, found)))
    .join('\n\n');
};

const nameOf = ({ facts }: ResolvedPlatform): string => facts.platform;
const productsOf = ({ products }: ResolvedPlatform): readonly string[] => products.map(({ site }) => site.product);

const known = (what: string, name: string, names: readonly string[]): void => {
  const there = [...names].sort();
  if (!there.includes(name))
    throw new UserError(
      `${shown(name)} is no ${what} of this repository (${listed(there)}); ${didYouMean(name, there, 'name one of these')}`,
    );
};
