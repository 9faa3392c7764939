// TypeScript for jest, without types: `tsc` looks at those once, for everything.
const { transformSync, version } = require('esbuild');
const { createHash } = require('node:crypto');

module.exports = {
  getCacheKey: (source, path) => createHash('sha256').update(version).update(path).update(source).digest('hex'),
  process: (source, path) =>
    transformSync(source, { sourcefile: path, loader: 'ts', format: 'cjs', target: 'node20', sourcemap: 'inline' }),
};
