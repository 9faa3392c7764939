import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * What PostgreSQL stores instead of a password. Computed here, so that the password itself is in no SQL statement and
 * therefore in no log of the server. https://www.postgresql.org/docs/17/catalog-pg-authid.html, RFC 5803
 */
export const scramVerifier = async (
  password: string,
  salt: Buffer = randomBytes(16),
  iterations = 4096,
): Promise<string> => {
  const salted = await promisify(pbkdf2)(password, salt, iterations, 32, 'sha256');
  const hmac = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(hmac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${hmac('Server Key').toString('base64')}`;
};
