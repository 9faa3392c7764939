// Before any test: the bundles of functions, which stacks carry as assets.
module.exports = async () => {
  const { buildFunctions } = await import('./build-functions.mjs');
  buildFunctions();
};
