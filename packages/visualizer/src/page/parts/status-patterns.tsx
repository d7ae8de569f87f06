/** Patterns that tell the statuses apart without their colours: hatched, dotted. */
export function StatusPatterns() {
  return (
    <defs>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="pattern-bad" width="6" height="6" />
        <rect class="pattern-stripe" width="2" height="6" />
      </pattern>
      <pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect class="pattern-warn" width="5" height="5" />
        <circle class="pattern-stripe" cx="2.5" cy="2.5" r="1" />
      </pattern>
    </defs>
  );
}
