import { StackJson } from './stack-json';

/**
 * A stack with some providers taken away: their resources become `terraform_data` with the same values, so that
 * Terraform still checks every reference, function and cycle between them. Names and values of attributes it does not
 * see; the Kubernetes schema does that.
 */
export const withoutProviders = (json: StackJson, providers: readonly string[]): StackJson => {
  const foreign = (type: string): boolean =>
    providers.some((provider) => type === provider || type.startsWith(`${provider}_`));
  const types = Object.keys(json.resource ?? {}).filter(foreign);
  const resources = Object.entries(json.resource ?? {});
  const shims = resources
    .filter(([type]) => foreign(type))
    .flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, values]) => [`${type}__${name}`, shim(values)] as const),
    );
  const { provider: configured, ...rest } = json;
  const provider = without(configured ?? {}, providers);
  const rewritten = {
    ...rest,
    terraform: { ...json.terraform, required_providers: without(json.terraform.required_providers ?? {}, providers) },
    ...(Object.keys(provider).length > 0 && { provider }),
    resource: {
      ...Object.fromEntries(resources.filter(([type]) => !foreign(type))),
      ...(shims.length > 0 && { terraform_data: Object.fromEntries(shims) }),
    },
  };
  return JSON.parse(pointToShims(JSON.stringify(rewritten), types)) as StackJson;
};

const without = <V>(record: Readonly<Record<string, V>>, names: readonly string[]): Record<string, V> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));

const META = ['depends_on', 'provider'] as const;

const shim = (values: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const input = Object.entries(values).filter(
    ([name]) => name !== '//' && name !== 'lifecycle' && !META.some((meta) => meta === name),
  );
  return {
    // Blocks are referred to as lists, whichever way they are written.
    input: Object.fromEntries(
      input.map(([name, value]) => [
        name,
        typeof value === 'object' && value !== null && !Array.isArray(value) ? [value] : value,
      ]),
    ),
    ...('depends_on' in values && { depends_on: values.depends_on }),
  };
};

/** `kubernetes_namespace_v1.x.metadata` → `terraform_data.kubernetes_namespace_v1__x.output.metadata`. */
const pointToShims = (text: string, types: readonly string[]): string =>
  types.length === 0
    ? text
    : text.replace(
        new RegExp(`(?<![\\w.])(${types.join('|')})\\.([\\w-]+)(\\.(?=\\w))?`, 'g'),
        (_whole, type: string, name: string, attribute: string | undefined) =>
          `terraform_data.${type}__${name}${attribute ? '.output.' : ''}`,
      );
