/** Names and texts that Mermaid, Graphviz, a terminal or a browser would take for more than text. */
const HOSTILE = [
  '__proto__',
  'constructor',
  'end',
  'say "hi"',
  'back\\',
  '\\N \\G \\l',
  'a]; b -> c [label="x"]',
  'graph TD; a-->b',
  'click n0 "javascript:window.pwned=1"',
  '%%{init: {"securityLevel": "loose"}}%%',
  '%% comment',
  'two\nlines\r\nand\u2028more',
  '</script><script>window.pwned = 1</script>',
  '<img src=x onerror="window.pwned = 1">',
  '&lt;b&gt; &#34; #quot;',
  '\u202egnp.elif\u2066',
  '\u001b[31mred\u0000',
  '\ud800 lone',
  '`**bold**` [link](javascript:window.pwned=1)',
  'loop ×3',
  'Note over n0: no',
  '{{x}} {y} (z) |w| ((v))',
  'style n0 fill:#f00',
  '漢字 שלום 👩‍💻',
];

/** A conversation in which each of them is a speaker, who says it to the next, and hears it back. */
export const HOSTILE_CONVERSATION = [...HOSTILE, ...HOSTILE.toReversed()].map((text) => ({
  name: text,
  content: text,
}));

/** So many speakers are in it, and nothing else. */
export const HOSTILE_SPEAKERS = HOSTILE.length;
