import { randomInt } from 'node:crypto';

/**
 * Letters and digits only: nothing that a URL, a shell, a property file or SASL's own spelling rules would change.
 * 40 of them are 238 bits.
 */
export const newPassword = (): string =>
  Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');

const LENGTH = 40;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
