import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PALETTES } from './palette.ts';

const css = readFileSync(new URL('../page/styles/tokens.css', import.meta.url), 'utf8');

it.each(['light', 'dark'] as const)('has the colours of the page in %s', (theme) => {
  const token = (name: string) => {
    const [, light = '', dark = ''] =
      css.match(
        new RegExp(`--${name}: light-dark\\((#\\w+|oklch\\([^)]+\\)), (#\\w+|oklch\\([^)]+\\))\\)`),
      ) ?? [];
    return toHex(theme === 'light' ? light : dark);
  };
  const { agents, neutral, inkSoft, inkFaint, ...same } = PALETTES[theme];
  for (const [name, colour] of Object.entries(same)) expect(token(name), name).toBe(colour);
  expect([token('ink-soft'), token('ink-faint')]).toEqual([inkSoft, inkFaint]);
  expect([token('person'), token('model')]).toEqual([neutral, neutral]);
  agents.forEach((colour, index) => {
    expect(token(`agent-${index}`)).toBe(colour);
  });
});

/** @see https://bottosson.github.io/posts/oklab/#converting-from-linear-srgb-to-oklab for the numbers */
function toHex(colour: string): string {
  const [lightness, chroma, hue] = (colour.match(/oklch\(([\d. ]+)\)/)?.[1] ?? '').split(' ').map(Number);
  if (lightness === undefined || chroma === undefined || hue === undefined) return colour;
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${linear.map(toByte).join('')}`;
}

function toByte(linear: number): string {
  const value = Math.min(1, Math.max(0, linear));
  const curved = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
  return Math.round(curved * 255)
    .toString(16)
    .padStart(2, '0');
}
