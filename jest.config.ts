import type { Config } from 'jest';

type Project = Exclude<NonNullable<Config['projects']>[number], string>;

const rooms = '{packages/*/src,simulation,bench}';

const base: Project = {
  testEnvironment: 'node',
  transform: { '^.+\\.[cm]?[jt]sx?$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
  // Two ESM-only packages that jest's CommonJS runtime must transpile.
  transformIgnorePatterns: ['/node_modules/\\.pnpm/(?!(cookie|content-disposition)@)'],
  testEnvironmentOptions: { customExportConditions: ['@cloud-kassa/source', 'node', 'node-addons'] },
  modulePathIgnorePatterns: ['<rootDir>/packages/[^/]+/dist/'],
};

const config: Config = {
  // A bound for a test that hangs, never a measure: a loaded machine may take its time.
  testTimeout: 300_000,
  coverageProvider: 'babel',
  collectCoverageFrom: ['packages/*/src/**/*.ts', '!**/*.test.ts', '!**/index.ts'],
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: [`<rootDir>/${rooms}/**/*.test.ts`],
      testPathIgnorePatterns: ['/node_modules/', '\\.int\\.test\\.ts$'],
    },
    {
      ...base,
      displayName: 'integration',
      testMatch: [`<rootDir>/${rooms}/**/*.int.test.ts`],
    },
  ],
};

export default config;
