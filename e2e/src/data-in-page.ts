import { inflateRawSync } from 'node:zlib';

/** The JSON of everything that a page holds compressed. */
export function dataInPage(html: string): string {
  const blocks = html.matchAll(/<script type="text\/plain" id="[^"]*">([^<]*)</g);
  return Array.from(blocks, ([, data = '']) => inflateRawSync(Buffer.from(data, 'base64')).toString()).join(
    '\n',
  );
}
