/** Digits after the point: a millionth of the price of one token of the cheapest model. */
const PER_USD = 1e12;

/** Without the noise of floating point, so that 0.1 + 0.2 dollars are 0.3. */
export function roundUsd(usd: number): number {
  const units = usd * PER_USD;
  return Number.isSafeInteger(Math.round(units)) ? Math.round(units) / PER_USD : usd;
}
