/** Figures by their names. */
export interface Figures {
  [name: string]: string | number | boolean | undefined;
}

/** The numbers of `totals` under the names that JSON has: `inputTokens` becomes `input_tokens`. What is absent stays absent. */
export function snakeFigures(totals: object): Figures {
  const figures: Figures = {};
  for (const [name, value] of Object.entries(totals))
    if (typeof value === 'number')
      figures[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)] = value;
  return figures;
}
