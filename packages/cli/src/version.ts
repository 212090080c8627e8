import manifest from '../package.json';

/** Version of the package. */
export const VERSION: string = manifest.version;
