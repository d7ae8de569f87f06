import type { Data } from 'apache-arrow';
import type { Component } from './chunk.ts';

/** Makes a component: one list of `items` a row. With a single row, `offsets` may be left out. */
export function component(
  archetype: string,
  field: string,
  type: string,
  items: Data,
  offsets: Int32Array = Int32Array.of(0, items.length),
): Component {
  return {
    archetype: `rerun.archetypes.${archetype}`,
    field,
    type: `rerun.components.${type}`,
    offsets,
    items,
  };
}

/** The same for a blueprint, whose types have names of their own. */
export function blueprintComponent(archetype: string, field: string, type: string, items: Data): Component {
  return {
    archetype: `rerun.blueprint.archetypes.${archetype}`,
    field,
    type: type.includes('.') ? type : `rerun.blueprint.components.${type}`,
    offsets: Int32Array.of(0, items.length),
    items,
  };
}

/** One item a row. */
export function oneEach(rows: number): Int32Array {
  return Int32Array.from({ length: rows + 1 }, (_, row) => row);
}
