/** What a cassette is called in messages: its path, or how many there are. */
export function cassetteName([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} (and ${others.length} more)`;
}
