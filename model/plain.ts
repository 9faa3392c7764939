/**
 * A declaration is plain data. Through the untyped door may come anything: what is read here runs no code of it, and
 * neither what it inherits nor the order in which it was written means anything.
 */

/** Its prototype is nothing, or the one that all objects end in: of whichever realm, since there may be several. */
export const isPlainObject = (raw: unknown): raw is object => {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return false;
  const prototype: unknown = Object.getPrototypeOf(raw);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/**
 * The fields of a plain object, in the order of the alphabet. A getter stands for the function that it is, so that
 * whoever reads the field says what should stand there.
 */
export const fieldsOf = (raw: unknown): Readonly<Record<string, unknown>> | undefined => {
  if (!isPlainObject(raw)) return undefined;
  // Without a prototype: a field may be called `constructor`, or `__proto__`, and must then be its author's.
  const fields: Record<string, unknown> = Object.create(null);
  for (const name of Object.keys(raw).sort()) {
    const own = Object.getOwnPropertyDescriptor(raw, name);
    fields[name] = own?.get ?? own?.value;
  }
  return fields;
};

/** A field of its own, and never one that objects are born with: a product may be called `constructor`. */
export const own = <V>(record: Readonly<Record<string, V>> | undefined, name: string): V | undefined =>
  record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;

/** What has no fields, not even those that objects are born with. */
export const EMPTY: Readonly<Record<string, unknown>> = Object.freeze(Object.create(null));

/** CDKTF marks what it will only know later: brackets in texts, numbers below any that a person would write. */
export const isToken = (raw: unknown): boolean => {
  if (Array.isArray(raw)) return raw.some(isOneToken);
  return isPlainObject(raw) ? isTokenMap(raw) || Object.values(fieldsOf(raw) ?? {}).some(isOneToken) : isOneToken(raw);
};

/** A map that is a token as a whole: the framework hides it in its only key. */
export const isTokenMap = (raw: unknown): boolean =>
  isPlainObject(raw) && Object.keys(raw).some((key) => key.startsWith('&{TfToken['));

// Numbers: `-8.10956221259138e+298` alone, `-1.8881545897087505e+289` in lists. Lists carry texts of their own.
const isOneToken = (raw: unknown): boolean =>
  typeof raw === 'number'
    ? raw < -1e280 && raw > -Infinity
    : typeof raw === 'string' && /\$\{|[#&]\{TfToken\[/.test(raw);
