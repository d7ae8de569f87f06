/** One key for two texts, which no other two have. Several times quicker than JSON, which matters per call. */
export function pairKey(first: string, second: string): string {
  return `${first.length} ${first}${second}`;
}
