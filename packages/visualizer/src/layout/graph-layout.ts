/** A node with its place. Lengths are in the picture's own units, about a pixel at natural size. */
export interface PlacedNode {
  /** The node's key in the graph. */
  key: string;
  /** The centre. */
  x: number;
  y: number;
  shape: 'circle' | 'square';
  /** A circle's radius, or half the side of a square. */
  radius: number;
  /** The label as drawn, shortened to fit, centred at `x`. */
  label: string;
  /** The label's base line. */
  labelY: number;
  /** How wide the label may be. */
  labelWidth: number;
}

/** An edge with its curve. */
export interface PlacedEdge {
  /** The edge's key in the graph. */
  key: string;
  /** An SVG path from the border of one node to the base of the arrow head. */
  path: string;
  /** The arrow head, an SVG path. */
  head: string;
  /** Stroke width. */
  width: number;
  /** Where a label of the edge is centred. */
  labelX: number;
  labelY: number;
}

/** Where everything is, in a picture of `width` × `height`. */
export interface GraphLayout {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}
