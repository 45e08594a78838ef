export default {
  testEnvironment: '<rootDir>/tests/bootstrap/environment.mjs',
  globalSetup: '<rootDir>/tests/bootstrap/globalSetup.mjs',
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  testTimeout: 120000,
  maxWorkers: 3, // more than cores: a third of the time goes into waiting for servers and disks
};
