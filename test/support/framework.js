// `node --require` this, with a package's name in FRAMEWORK: for one process what an alias in package.json is for all,
// bindings of providers included. At its end the process says which frameworks it had loaded, whatever was asked for.
const Module = require('node:module');
const { writeFileSync } = require('node:fs');

const { FRAMEWORK, FRAMEWORKS_LOADED } = process.env;
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...where) {
  return resolve.call(this, request.replace(/^cdktf(?=$|\/)/, FRAMEWORK), ...where);
};
process.on('exit', () => {
  const packages = Object.keys(require.cache).map((file) => /node_modules[\\/](cdkt[fn])[\\/]/.exec(file)?.[1]);
  writeFileSync(FRAMEWORKS_LOADED, JSON.stringify([...new Set(packages.filter(Boolean))].sort()));
});
