/** What `pd-visualizer --help` says. */
export const HELP = `pd-visualizer: see what the agents of a recorded run did

  pd-visualizer html <log> [-o <file>]
      one self-contained page; default file: the log's name with .html

  pd-visualizer mermaid <log> [--kind flow|sequence] [-o <file>]
      Mermaid text; default: flow, to standard output

<log> is a tree (logs/<run>.json), a journal (logs/<run>.jsonl) or either without its extension.

  -o, --output <file>   where to write; - is standard output
      --kind <kind>     flow: who talked to whom; sequence: every message in order
  -h, --help            this text
      --version         the version

Exit codes: 0 done, 1 the log could not be read or the output not written, 2 not understood.
`;
