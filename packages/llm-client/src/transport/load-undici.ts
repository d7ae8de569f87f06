import type { Dispatcher } from 'undici';

type Undici = typeof import('undici');

/**
 * Where fetch looks for its connections: that of Node up to 24, and that of undici 8 and newer Nodes.
 *
 * @see https://github.com/nodejs/undici/blob/main/lib/global.js (8.12.4, read 2026-11-22)
 */
const OF_NODE = Symbol.for('undici.globalDispatcher.1');
const OF_UNDICI = Symbol.for('undici.globalDispatcher.2');

type Globals = Record<symbol, { constructor: { name: string } } | undefined>;

/** undici, and whose connections the program wants to be used. */
export interface LoadedUndici {
  undici: Undici;
  /** What somebody has told undici to use for the whole program; `undefined` when nobody has. */
  programDispatcher(): Dispatcher | undefined;
  /** Whether somebody has told Node's own fetch to use something else, which only that can speak to. */
  isPlatformChanged(): boolean;
}

/**
 * Loads undici without a trace: on import it would take the place of what Node's own fetch uses, and with it of a proxy that
 * the program was started with. `undefined` where it cannot be loaded.
 */
export async function loadUndici(): Promise<LoadedUndici | undefined> {
  const globals = globalThis as unknown as Globals;
  const given = globals[OF_UNDICI] ?? globals[OF_NODE];
  const isOrdinary = given === undefined || given.constructor.name === 'Agent';
  // Makes Node set up its own, if nothing has used it yet.
  void globalThis.Headers;
  const ofNode = globals[OF_NODE];
  const isShared = globals[OF_UNDICI] !== undefined;
  const undici = await import('undici').catch(() => undefined);
  if (undici === undefined) return undefined;
  if (!isShared) globals[OF_NODE] = ofNode;
  const first = undici.getGlobalDispatcher();
  return {
    undici,
    programDispatcher() {
      const now = undici.getGlobalDispatcher();
      return now !== first || (isShared && !isOrdinary) ? now : undefined;
    },
    isPlatformChanged: () => globals[OF_NODE] !== ofNode || (!isShared && !isOrdinary),
  };
}
