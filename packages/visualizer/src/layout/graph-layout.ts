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
  /** The label as drawn, shortened to fit. */
  label: string;
  /** Where the label stands: SVG's `text-anchor`, the place of that anchor, and the base line. */
  labelAnchor: 'start' | 'middle' | 'end';
  labelX: number;
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

/** A frame around nodes that belong together, such as those who never took part. */
export interface PlacedGroup {
  label: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where everything is, in a picture of `width` × `height`. */
export interface GraphLayout {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
  groups: PlacedGroup[];
}
