import { App } from 'cdktf';
import { DeclarationError, resolvePlatform } from './model';
import { production } from './platforms/production';
import { compose } from './stacks/compose';

/** The only file that touches the process. */
const platforms = [production];

try {
  const app = new App();
  for (const platform of platforms) compose(app, resolvePlatform(platform));
  app.synth();
} catch (error) {
  if (!(error instanceof DeclarationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
