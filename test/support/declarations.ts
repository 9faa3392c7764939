import { PlatformDeclaration, ProductDeclaration } from '../../model';

/** Declarations that tests change one thing of. Plain data, so that a change can also be a mistake. */

export const digest = (letter: string): string =>
  `111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/image@sha256:${letter.repeat(64)}`;

/** A declaration as JSON sees it: what tests may change freely, and the untyped door must withstand. */
export type Loose = { [key: string]: Loose } & Record<string, any>;

/** A deep copy with changes: a path such as `data.orders.storage` to a value, or `undefined` to remove it. */
export const changed = <T>(declaration: T, changes: Readonly<Record<string, unknown>>): T => {
  const copy = structuredClone(declaration) as Loose;
  for (const [path, value] of Object.entries(changes)) {
    const segments = path.split('.');
    const last = segments.pop() ?? '';
    const parent = segments.reduce<Loose>((place, segment) => (place[segment] ??= {}), copy);
    if (value === undefined) delete parent[last];
    else parent[last] = value as Loose;
  }
  return copy as T;
};

export const aPlatform = (
  products: readonly {
    readonly product: ProductDeclaration;
    readonly images?: Readonly<Record<string, string>>;
    readonly [more: string]: unknown;
  }[],
  changes: Readonly<Record<string, unknown>> = {},
): PlatformDeclaration =>
  changed(
    {
      name: 'production',
      class: 'production' as const,
      account: '111111111111',
      region: 'eu-west-1' as const,
      domain: 'example.com',
      admins: ['arn:aws:iam::111111111111:role/platform-team'],
      products: products.map((deployment) => ({ images: imagesOf(deployment.product), ...deployment })),
    },
    changes,
  );

/** An image for every service of a product. */
export const imagesOf = (product: ProductDeclaration): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.keys(product.services).map((name) => [name, digest('a')]));
