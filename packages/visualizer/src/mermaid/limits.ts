/** What a Mermaid renderer takes unless it is told otherwise. @see https://mermaid.js.org/config/schema-docs/config.html (`maxTextSize`, `maxEdges`) */
export interface MermaidLimits {
  characters: number;
  edges: number;
}

export const MERMAID_LIMITS: MermaidLimits = { characters: 50_000, edges: 500 };

/** A diagram, and what is not in it because it would have been too large. */
export interface MermaidDiagram {
  text: string;
  /** In words; absent when everything is in it. */
  leftOut?: string;
}
