import { App } from 'cdktf';
import { DeclarationError, resolvePlatforms } from './model';
import { platforms } from './platforms';
import { compose } from './stacks/compose';

/** What `cdktf synth` runs: every platform's declaration becomes its stacks, or one list of everything wrong with it. */
try {
  const app = new App();
  for (const platform of resolvePlatforms(platforms)) compose(app, platform);
  app.synth();
} catch (error) {
  if (!(error instanceof DeclarationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
