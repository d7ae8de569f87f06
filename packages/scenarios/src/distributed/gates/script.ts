import { createHash } from 'node:crypto';

/** A program that Redis runs without letting anything in between. */
export interface Script {
  source: string;
  /** By which Redis knows a program it has seen. */
  sha: string;
}

/** The time in milliseconds, by the clock of Redis: the only one that all processes share. */
const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function text(number) return string.format('%.0f', number) end
`;

export function script(source: string): Script {
  const whole = NOW + source;
  return { source: whole, sha: createHash('sha1').update(whole).digest('hex') };
}
