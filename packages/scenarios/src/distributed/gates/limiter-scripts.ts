import { script } from './script.ts';

/** The window in which requests and tokens are counted, in milliseconds. */
const WINDOW_MS = 60_000;

/**
 * What went out in the last minute, and what is under way. KEYS: window (sorted set of requests by when they went), tokens
 * (hash of each one's), active (sorted set of those under way, by when their lease ends), sums, rest (hash of lanes whose provider
 * wants a pause, and until when).
 */
const LIMITS = `
local window, tokens_of, active, sums, rest = unpack(KEYS)
local function forget(id)
  local tokens = redis.call('HGET', tokens_of, id)
  redis.call('ZREM', window, id)
  if not tokens then return end
  redis.call('HDEL', tokens_of, id)
  redis.call('HINCRBY', sums, 'tokens', -tonumber(tokens))
end
local function keep()
  for i = 1, 5 do redis.call('PEXPIRE', KEYS[i], 3600000) end
end
`;

/**
 * ARGV: id, tokens, lane, lease, limits of concurrency, requests and tokens, each '' without one.
 * Returns 1, or 0 with how long it takes until it is worth another try; -1 when nobody knows.
 */
export const ENTER = script(`${LIMITS}
local id, tokens, lane, lease, concurrency, requests, most = unpack(ARGV)
tokens = tonumber(tokens)
for _, old in ipairs(redis.call('ZRANGEBYSCORE', window, '-inf', now - ${WINDOW_MS})) do forget(old) end
redis.call('ZREMRANGEBYSCORE', active, '-inf', now)
if redis.call('ZSCORE', active, id) then return { 1, 0 } end
local until_ms = tonumber(redis.call('HGET', rest, lane) or '0')
if until_ms > now then return { 0, until_ms - now } end
if concurrency ~= '' and redis.call('ZCARD', active) >= tonumber(concurrency) then return { 0, -1 } end
local too_many = requests ~= '' and redis.call('ZCARD', window) + 1 - tonumber(requests) or 0
local too_much = 0
if most ~= '' then
  local sum = tonumber(redis.call('HGET', sums, 'tokens') or '0')
  too_much = sum + math.min(tokens, tonumber(most)) - tonumber(most)
end
if too_many > 0 or too_much > 0 then
  local first = 0
  while true do
    local some = redis.call('ZRANGE', window, first, first + 99, 'WITHSCORES')
    if #some == 0 then break end
    for i = 1, #some, 2 do
      too_many = too_many - 1
      too_much = too_much - tonumber(redis.call('HGET', tokens_of, some[i]) or '0')
      if too_many <= 0 and too_much <= 0 then
        return { 0, math.max(1, tonumber(some[i + 1]) + ${WINDOW_MS} - now) }
      end
    end
    first = first + 100
  end
end
redis.call('ZADD', window, now, id)
redis.call('HSET', tokens_of, id, text(tokens))
redis.call('HINCRBY', sums, 'tokens', text(tokens))
redis.call('ZADD', active, now + lease, id)
keep()
return { 1, 0 }
`);

/** ARGV: id, whether it was sent, its tokens. */
export const LEAVE = script(`${LIMITS}
local id, sent, tokens = unpack(ARGV)
redis.call('ZREM', active, id)
local before = redis.call('HGET', tokens_of, id)
if not before then return 0 end
if sent == '0' then
  forget(id)
else
  redis.call('HSET', tokens_of, id, text(tonumber(tokens)))
  redis.call('HINCRBY', sums, 'tokens', text(tonumber(tokens) - tonumber(before)))
end
return 1
`);

/** ARGV: lane, for how long. */
export const REST = script(`${LIMITS}
local lane, ms = unpack(ARGV)
local until_ms = tonumber(redis.call('HGET', rest, lane) or '0')
if now + ms > until_ms then redis.call('HSET', rest, lane, text(now + ms)) end
keep()
return 1
`);
