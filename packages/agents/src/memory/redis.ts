export { createRedisStore, type RedisStoreOptions } from './redis/create-redis-store.ts';
