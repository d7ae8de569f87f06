export { OfflineServerError } from './offline/errors.ts';
export type { OfflineConversation, OfflineTurn } from './offline/recorded.ts';
export { startOfflineServer } from './offline/server.ts';
export type {
  OfflineRequest,
  OfflineServer,
  OfflineServerOptions,
  OfflineTotals,
  OfflineUsage,
} from './offline/types.ts';
