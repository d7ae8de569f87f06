import { visibleLabel } from '../text/visible-label.ts';

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** A name or title for an XML element's content or a quoted attribute, on one line. */
export function xmlText(text: string): string {
  return visibleLabel(text).replace(/[&<>"']/g, (char) => ENTITIES.get(char) ?? char);
}
