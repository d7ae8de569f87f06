export { createSqliteCache, type SqliteCache, type SqliteCacheOptions } from './cache/sqlite-cache.ts';
export { CacheFileError } from './errors/cache-file-error.ts';
