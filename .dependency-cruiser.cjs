/**
 * The import rules of the house: a package may import only the packages above it in the list of docs/architecture.md,
 * and only through their public entries.
 */
const mayImport = {
  ffd: [],
  runtime: [],
  core: ['ffd'],
  'event-store': ['core', 'runtime'],
  sqlite: ['runtime'],
  'event-store-sqlite': ['core', 'event-store', 'runtime', 'sqlite'],
  'event-store-esdb': ['core', 'event-store', 'runtime'],
  'event-store-esdb-testserver': [],
  projections: ['core', 'event-store', 'runtime', 'sqlite'],
  'projection-receipt-queue': ['ffd', 'core', 'event-store', 'projections'],
  'projection-fiscal-status': ['ffd', 'core', 'event-store', 'projections'],
  provider: ['ffd', 'core', 'runtime'],
  'provider-one-c': ['ffd', 'core', 'provider', 'runtime'],
  fiscalizer: ['ffd', 'core', 'event-store', 'provider', 'runtime'],
  'kkt-emulator': ['ffd', 'runtime'],
  audit: ['ffd', 'core', 'event-store', 'runtime'],
  'cloud-kassa': [
    'ffd',
    'core',
    'runtime',
    'event-store',
    'event-store-sqlite',
    'projections',
    'projection-receipt-queue',
    'projection-fiscal-status',
    'provider',
    'provider-one-c',
    'fiscalizer',
    'audit',
  ],
  cli: [
    'ffd',
    'core',
    'runtime',
    'event-store-esdb',
    'event-store-esdb-testserver',
    'projection-receipt-queue',
    'projection-fiscal-status',
    'provider',
    'provider-one-c',
    'kkt-emulator',
    'audit',
    'cloud-kassa',
  ],
};

const onlyAllowed = Object.entries(mayImport).map(([name, allowed]) => ({
  name: `${name}-may-import`,
  comment: `${name} may import ${allowed.length === 0 ? 'no package of ours' : allowed.join(', ')}.`,
  severity: 'error',
  from: { path: `^packages/${name}/`, pathNot: '\\.(test|testing)\\.ts$' },
  to: { path: '^packages/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
}));

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'public-entries-only',
      comment:
        'Another package is imported through its index.ts or a named sub-path, never through a file inside.',
      severity: 'error',
      from: { path: '^(?:packages/([^/]+)|simulation|bench|examples)/' },
      to: { path: '^packages/([^/]+)/src/(?!index\\.ts$|[^/]+/index\\.ts$)', pathNot: '^packages/$1/' },
    },
    {
      name: 'packages-stand-alone',
      comment: 'Published packages import neither the simulation, the benchmarks nor the examples.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(simulation|bench|examples)/' },
    },
    ...onlyAllowed,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    includeOnly: '^(packages|simulation|bench|examples)/',
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@cloud-kassa/source', 'import', 'require', 'node', 'default', 'types'],
    },
  },
};
