import { statefulTypes } from '../../model/stateful';
import { Stacks, resourcesOf } from './harness';

/**
 * Every resource that holds data: where its state lies, its address, whether Terraform may destroy it, and the
 * attributes whose change would replace it. A line that changes or goes is a review of its own.
 */
export const stateList = (stacks: Stacks): string => {
  const types = statefulTypes();
  const lines = Object.entries(stacks).flatMap(([stack, json]) => {
    const backend = (
      json.terraform as { readonly backend?: { readonly s3?: { readonly bucket: string; readonly key: string } } }
    ).backend?.s3;
    return resourcesOf(json)
      .filter(({ type }) => types[type])
      .map(({ type, name, values }) => {
        const pinned = (types[type] ?? [])
          .filter((attribute) => values[attribute] !== undefined)
          .map((attribute) => `    ${attribute} = ${JSON.stringify(values[attribute])}`);
        return [
          `${stack}: ${type}.${name}`,
          `    state = ${backend?.bucket}/${backend?.key}`,
          `    prevent_destroy = ${values.lifecycle?.prevent_destroy === true}`,
          ...pinned,
        ].join('\n');
      });
  });
  return `${lines.sort().join('\n')}\n`;
};
