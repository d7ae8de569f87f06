/** Whether a judge says that all agree: the verdict of a critic that has passed, or a text that begins with AGREED. */
export function isAgreed(content: string): boolean {
  try {
    const { passed } = Object(JSON.parse(content)) as { passed?: unknown };
    if (typeof passed === 'boolean') return passed;
  } catch {
    // It is no JSON, but a text.
  }
  return /^[\s"'`*#]*AGREED(?!\w)/i.test(content);
}
