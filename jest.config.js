/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  globalSetup: '<rootDir>/tools/jest-setup.js',
  transform: { '\\.ts$': '<rootDir>/tools/jest-transform.js' },
  // The second core of a small machine is the operating system's and Terraform's.
  maxWorkers: 2,
  testTimeout: 60_000,
};
