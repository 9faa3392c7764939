import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { readFileSync } from 'node:fs';
import { access } from './access';
import { jsonLog } from './log';
import { readSettings } from './settings';

/**
 * Amazon's authorities, those of RDS among them. Lambda keeps the file in its runtimes and since Node 20 leaves reading
 * it to the function. https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
const AUTHORITIES = '/var/runtime/ca-cert.pem';

const secrets = new SecretsManager({});

export const handler = async (event: unknown): Promise<void> => {
  const settings = readSettings(process.env, readFileSync(AUTHORITIES, 'utf8'));
  const log = jsonLog((line) => process.stdout.write(`${line}\n`), { function: 'access', store: settings.store });
  await access(event, { settings, api: secrets, log });
};
