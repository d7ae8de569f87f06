import type { Dispatcher } from 'undici';

type Undici = typeof import('undici');

/** Where Node's own fetch looks for its connections, and where undici 8 does. @see undici's lib/global.js (8.12.4) */
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
  // Makes Node set up its own, if nothing has used it yet.
  void globalThis.Headers;
  const ofNode = globals[OF_NODE];
  const wasLoaded = globals[OF_UNDICI] !== undefined;
  const undici = await import('undici').catch(() => undefined);
  if (undici === undefined) return undefined;
  if (!wasLoaded) globals[OF_NODE] = ofNode;
  const untouched = wasLoaded ? undefined : undici.getGlobalDispatcher();
  const isDefault = ofNode === undefined || ofNode.constructor.name === 'Agent' || wasLoaded;
  return {
    undici,
    programDispatcher() {
      const dispatcher = undici.getGlobalDispatcher();
      return dispatcher === untouched ? undefined : dispatcher;
    },
    isPlatformChanged: () => !isDefault || globals[OF_NODE] !== ofNode,
  };
}
