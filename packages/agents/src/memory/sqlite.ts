export { createSQLiteStore, type SQLiteStoreOptions } from './sqlite/create-sqlite-store.ts';
