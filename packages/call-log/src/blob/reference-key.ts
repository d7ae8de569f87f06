const KEY = /^\$+blob$/;

/**
 * The key of an object that is a reference to a blob, or that a caller wrote and that would be taken for one. The
 * caller's gets one more `$` in the journal and loses it when it is read.
 */
export function isReferenceKey(key: string): boolean {
  return key.charCodeAt(0) === 0x24 && KEY.test(key);
}
