const ESCAPES = /[<>\u2028\u2029]/g;

/**
 * A value as JSON that can stand inside a `<script>` element: no `<` or `>` is left, so that neither
 * `</script>` nor `<!--` nor `-->` can occur, and no line separator that older parsers stumble over.
 * The escapes are JSON's own, so that parsing gives the value back.
 */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replace(
    ESCAPES,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
