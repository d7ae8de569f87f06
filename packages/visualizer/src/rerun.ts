export { MissingPackageError } from './errors/missing-package-error.ts';
export { type RrdOptions, toRrd } from './rerun/to-rrd.ts';
