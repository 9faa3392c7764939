import { Json } from './references';

/** Plain data as YAML that people read: blocks for structure, quotes wherever a bare word could mean something else. */
export const yaml = (value: Json): string => `${lines(value).join('\n')}\n`;

const lines = (value: Json): readonly string[] => {
  if (Array.isArray(value) && value.length > 0) return value.flatMap((item: Json) => indented('- ', lines(item)));
  if (isRecord(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, inner]) =>
      isNested(inner) ? [`${word(key)}:`, ...indented('  ', lines(inner))] : [`${word(key)}: ${lines(inner).join('')}`],
    );
  }
  return [typeof value === 'string' ? word(value) : JSON.stringify(value)];
};

const indented = (first: string, [head = '', ...rest]: readonly string[]): readonly string[] => [
  `${first}${head}`,
  ...rest.map((line) => `  ${line}`),
];

const isRecord = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNested = (value: Json): boolean => typeof value === 'object' && value !== null && Object.keys(value).length > 0;

/** JSON's strings are YAML's. Bare are only words that no version of YAML takes for a number, a date or a truth. */
const word = (text: string): string =>
  /^[A-Za-z][A-Za-z0-9_./-]*$/.test(text) && !/^(y|n|yes|no|true|false|on|off|null)$/i.test(text)
    ? text
    : JSON.stringify(text);
