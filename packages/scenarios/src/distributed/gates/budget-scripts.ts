import { script } from './script.ts';

/**
 * The books of a budget. KEYS: account (hash of sums), leases (sorted set of reservations by when they end), reserved (hash
 * of what each is). US dollars are whole numbers of billionths, so that sums stay exact.
 */
const BOOKS = `
local account, leases, reserved = KEYS[1], KEYS[2], KEYS[3]
local function sum(name) return tonumber(redis.call('HGET', account, name) or '0') end
local function add(name, amount)
  if amount ~= 0 then redis.call('HINCRBY', account, name, text(amount)) end
end
local function release(id)
  local amounts = redis.call('HGET', reserved, id)
  redis.call('ZREM', leases, id)
  if not amounts then return false end
  redis.call('HDEL', reserved, id)
  local usd, tokens = string.match(amounts, '^(%d+):(%d+)$')
  add('reserved_usd', -tonumber(usd))
  add('reserved_tokens', -tonumber(tokens))
  return true
end
local function release_dead()
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', leases, '-inf', now)) do release(id) end
end
local function keep(ms)
  for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ms) end
end
local function state()
  return { text(sum('spent_usd')), text(sum('reserved_usd')), text(sum('spent_tokens')), text(sum('reserved_tokens')) }
end
`;

/** ARGV: id, dollars, tokens, limit of dollars or '', limit of tokens or '', lease, how long the books are kept. */
export const RESERVE = script(`${BOOKS}
local id, usd, tokens, usd_limit, tokens_limit, lease, kept = unpack(ARGV)
release_dead()
if redis.call('HEXISTS', reserved, id) == 1 then return { 'ok' } end
local function lacks(name, need, limit)
  return limit ~= '' and sum('spent_' .. name) + sum('reserved_' .. name) + tonumber(need) > tonumber(limit)
end
if lacks('usd', usd, usd_limit) then return { 'usd', unpack(state()) } end
if lacks('tokens', tokens, tokens_limit) then return { 'tokens', unpack(state()) } end
redis.call('HSET', reserved, id, usd .. ':' .. tokens)
redis.call('ZADD', leases, now + lease, id)
add('reserved_usd', tonumber(usd))
add('reserved_tokens', tonumber(tokens))
keep(kept)
return { 'ok' }
`);

/**
 * KEYS besides: a mark that it has been done. ARGV: id, dollars, tokens, how long the books are kept. What was spent counts
 * even if the reservation is gone.
 */
export const SETTLE = script(`${BOOKS}
local id, usd, tokens, kept = unpack(ARGV)
if not redis.call('SET', KEYS[4], '1', 'NX', 'PX', 600000) then return 0 end
release(id)
add('spent_usd', tonumber(usd))
add('spent_tokens', tonumber(tokens))
keep(kept)
return 1
`);

/** ARGV: lease, ids. */
export const RENEW = script(`
for i = 2, #ARGV do redis.call('ZADD', KEYS[1], 'XX', now + ARGV[1], ARGV[i]) end
return #ARGV - 1
`);

export const STATE = script(`${BOOKS}
release_dead()
return state()
`);
