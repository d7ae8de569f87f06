import { createHash } from 'node:crypto';

/** A program that Redis runs without letting anything in between. */
export interface Script {
  source: string;
  /** By which Redis knows a program it has seen. */
  sha: string;
}

function script(source: string): Script {
  return { source, sha: createHash('sha1').update(source).digest('hex') };
}

/**
 * A session's keys, in the order of `sessionKeys()`. Members of the ordered sets are `<number of arrival>:<message id>` with their position as
 * the score, so that a summary comes after the original whose position it has.
 */
const NAMES = `
local session, rows, places, all, conversation, pinned, replaced, replaces, sessions, changes = unpack(KEYS)
`;

/** ARGV: session id, expected version or '', time, TTL or ''; then what the change is about. */
const CHANGE = `${NAMES}
local session_id, expected, now, ttl = unpack(ARGV)
local version = tonumber(redis.call('HGET', session, 'version') or 0)
local conflict = expected ~= '' and tonumber(expected) ~= version
local function begin()
  version = redis.call('HINCRBY', session, 'version', 1)
  redis.call('HSETNX', session, 'created_at', now)
  redis.call('HSET', session, 'updated_at', now)
  redis.call('ZADD', sessions, redis.call('INCR', changes), session_id)
end
local function finish()
  if ttl == '' then return end
  for i = 1, 8 do redis.call('PEXPIRE', KEYS[i], ttl) end
end
local function store(id, row, position)
  local member = string.format('%016d:%s', redis.call('HINCRBY', session, 'arrivals', 1), id)
  redis.call('HSET', rows, id, row)
  redis.call('HSET', places, id, member)
  redis.call('ZADD', all, position, member)
  redis.call('ZADD', conversation, position, member)
  redis.call('HINCRBY', session, 'messages', 1)
  return member
end
`;

/** Then: id, row and pinned ('1' or '0') of each message. */
export const APPEND = script(`${CHANGE}
for i = 5, #ARGV, 3 do
  if redis.call('HEXISTS', rows, ARGV[i]) == 1 then return { 'exists', version } end
end
if conflict then return { 'conflict', version } end
begin()
local first
for i = 5, #ARGV, 3 do
  local position = redis.call('HINCRBY', session, 'last_position', 1)
  first = first or position
  local member = store(ARGV[i], ARGV[i + 1], position)
  if ARGV[i + 2] == '1' then redis.call('ZADD', pinned, position, member) end
end
finish()
return { 'ok', version, first }
`);

/** Then: first and last position, id and row of the summary, pinned, and how many it may stand for. */
export const REPLACE = script(`${CHANGE}
local from, to, id, row, pin, most = ARGV[5], ARGV[6], ARGV[7], ARGV[8], ARGV[9], tonumber(ARGV[10])
if redis.call('HEXISTS', rows, id) == 1 then return { 'exists', version } end
if conflict then return { 'conflict', version } end
local members, ids, position = {}, {}, nil
local found = redis.call('ZRANGEBYSCORE', conversation, from, to, 'WITHSCORES')
for i = 1, #found, 2 do
  if not redis.call('ZSCORE', pinned, found[i]) then
    members[#members + 1] = found[i]
    ids[#ids + 1] = string.sub(found[i], 18)
    position = found[i + 1]
  end
end
if #ids == 0 then return { 'nothing', version } end
if #ids > most then return { 'many', #ids } end
begin()
for i = 1, #ids do
  redis.call('ZREM', conversation, members[i])
  redis.call('HSET', replaced, ids[i], id)
end
redis.call('HINCRBY', session, 'messages', -#ids)
redis.call('HINCRBY', session, 'replaced', #ids)
local member = store(id, row, position)
if pin == '1' then redis.call('ZADD', pinned, position, member) end
redis.call('HSET', replaces, id, cjson.encode(ids))
finish()
return { 'ok', version }
`);

/** Then: message id, '1' or '0'. */
export const SET_PINNED = script(`${CHANGE}
if conflict then return { 'conflict', version } end
local member = redis.call('HGET', places, ARGV[5])
local position = member and redis.call('ZSCORE', conversation, member)
if not position then return { 'nothing', version } end
begin()
if ARGV[6] == '1' then redis.call('ZADD', pinned, position, member) else redis.call('ZREM', pinned, member) end
finish()
return { 'ok', version }
`);

export const CLEAR = script(`${CHANGE}
if conflict then return { 'conflict', version } end
if version == 0 then return { 'nothing', version } end
begin()
redis.call('UNLINK', rows, places, all, conversation, pinned, replaced, replaces)
redis.call('HSET', session, 'messages', 0, 'replaced', 0)
finish()
return { 'ok', version }
`);

/** ARGV: which messages, first and last position, how many, 'oldest' or 'newest'. Gives position, row, pinned, replaced by, replaces of each. */
export const READ = script(`${NAMES}
local which, from, to, limit, order = unpack(ARGV)
local from_set = ({ all = all, conversation = conversation, pinned = pinned })[which]
local found
if order == 'newest' then
  found = redis.call('ZREVRANGEBYSCORE', from_set, to, from, 'WITHSCORES', 'LIMIT', 0, limit)
else
  found = redis.call('ZRANGEBYSCORE', from_set, from, to, 'WITHSCORES', 'LIMIT', 0, limit)
end
local result = {}
for i = 1, #found, 2 do
  local id = string.sub(found[i], 18)
  result[#result + 1] = {
    id, found[i + 1], redis.call('HGET', rows, id), redis.call('ZSCORE', pinned, found[i]) and '1' or '0',
    redis.call('HGET', replaced, id) or '', redis.call('HGET', replaces, id) or ''
  }
end
return result
`);

/** The same of messages by their ids; what is not there is left out. */
export const READ_BY_IDS = script(`${NAMES}
local result = {}
for i = 1, #ARGV do
  local id = ARGV[i]
  local member = redis.call('HGET', places, id)
  if member then
    result[#result + 1] = {
      id, redis.call('ZSCORE', all, member), redis.call('HGET', rows, id), redis.call('ZSCORE', pinned, member) and '1' or '0',
      redis.call('HGET', replaced, id) or '', redis.call('HGET', replaces, id) or ''
    }
  end
end
return result
`);

/** KEYS: the session. Gives what is known of it, without its id. */
export const SESSION = script(`
return redis.call('HMGET', KEYS[1], 'version', 'messages', 'replaced', 'created_at', 'updated_at')
`);

/** KEYS: the list of sessions. ARGV: what a session's key begins with, limit, offset. Forgets those that have expired. */
export const SESSIONS = script(`
local begins, limit, offset = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local result, start = {}, 0
while #result < limit do
  local ids = redis.call('ZREVRANGE', KEYS[1], start, start + 99)
  if #ids == 0 then break end
  for _, id in ipairs(ids) do
    local info = redis.call('HMGET', begins .. id, 'version', 'messages', 'replaced', 'created_at', 'updated_at')
    if not info[1] then
      redis.call('ZREM', KEYS[1], id)
    else
      start = start + 1
      if offset > 0 then
        offset = offset - 1
      elseif #result < limit then
        table.insert(info, 1, id)
        result[#result + 1] = info
      end
    end
  end
end
return result
`);

/** KEYS: facts, their order, their first times, the counter. ARGV: time, TTL or ''; then id and row of each. Gives the first times. */
export const PUT_FACTS = script(`
local facts, order, created, changes = unpack(KEYS)
local now, ttl = ARGV[1], ARGV[2]
local result = {}
for i = 3, #ARGV, 2 do
  redis.call('HSET', facts, ARGV[i], ARGV[i + 1])
  redis.call('ZADD', order, 'NX', redis.call('INCR', changes), ARGV[i])
  redis.call('HSETNX', created, ARGV[i], now)
  result[#result + 1] = redis.call('HGET', created, ARGV[i])
end
if ttl ~= '' then for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ttl) end end
return result
`);

/** KEYS: as above. ARGV: the place of the last fact that was read, how many. Gives place, row and first time of each. */
export const READ_FACTS = script(`
local facts, order, created = unpack(KEYS)
local found = redis.call('ZRANGEBYSCORE', order, '(' .. ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
local result = {}
for i = 1, #found, 2 do
  result[#result + 1] = { found[i + 1], redis.call('HGET', facts, found[i]), redis.call('HGET', created, found[i]) }
end
return result
`);

/** KEYS: as above. ARGV: one id, or none for all of them. Gives how many there were. */
export const FORGET_FACTS = script(`
local facts, order, created = unpack(KEYS)
if #ARGV == 0 then
  local count = redis.call('HLEN', facts)
  redis.call('UNLINK', facts, order, created)
  return count
end
redis.call('ZREM', order, ARGV[1])
redis.call('HDEL', created, ARGV[1])
return redis.call('HDEL', facts, ARGV[1])
`);
