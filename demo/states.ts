import { existsSync, readFileSync } from 'node:fs';

/** As much of a state file as is looked at here. */
interface State {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

/** What a state holds, without data sources. */
export const resourcesIn = (file: string) =>
  !existsSync(file)
    ? []
    : (JSON.parse(readFileSync(file, 'utf8')) as State).resources
        .filter(({ mode }) => mode === 'managed')
        .flatMap(({ type, name, instances }) =>
          instances.map(({ attributes: values }) => ({ type, address: `${type}.${name}`, values })),
        );
