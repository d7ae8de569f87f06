import type { EventEmitter } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { isFields } from './line-fields.ts';

/** What a pino logger tells its transports of itself. */
export interface PinoConfig {
  /** Field of a line's text. */
  messageKey: string;
  /** Numbers of the levels by name. */
  levels: { readonly [name: string]: number };
}

/** Of a logger without options. */
export const standardConfig: PinoConfig = {
  messageKey: 'msg',
  levels: { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 },
};
/** A logger sends it when it is made, before its first line. */
const WAIT_MS = 1_000;

/**
 * The configuration of the logger that writes to `stream`: what pino emits on it in process, or sends to its worker.
 * Pino's standard when nothing has come after a second, because no logger was made.
 */
export function pinoConfig(stream: EventEmitter): Promise<PinoConfig> {
  const isWorker = parentPort !== null && isPinoWorker(workerData);
  const source = isWorker ? (parentPort as unknown as EventEmitter) : stream;
  return new Promise((resolve) => {
    const done = (config: PinoConfig) => {
      clearTimeout(timer);
      source.off('message', take);
      resolve(config);
    };
    const take = (message: unknown) => {
      if (isFields(message) && message.code === 'PINO_CONFIG') done(read(message.config));
    };
    const timer = setTimeout(done, WAIT_MS, standardConfig);
    source.on('message', take);
  });
}

function isPinoWorker(data: unknown): boolean {
  return isFields(data) && isFields(data.workerData) && data.workerData.pinoWillSendConfig === true;
}

function read(config: unknown): PinoConfig {
  const { messageKey, levels } = isFields(config) ? config : {};
  return {
    messageKey: typeof messageKey === 'string' ? messageKey : standardConfig.messageKey,
    levels:
      isFields(levels) && isFields(levels.values)
        ? (levels.values as PinoConfig['levels'])
        : standardConfig.levels,
  };
}
