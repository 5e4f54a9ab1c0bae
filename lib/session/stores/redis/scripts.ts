/**
 * What the store does, each in one atomic step on the server. JSON passes through as opaque text:
 * Lua's own JSON turns [] into {} and rounds numbers. All times are Unix seconds of the caller's
 * clock, so that servers whose clocks differ do not matter.
 *
 * A session is a hash: `meta` is "<createdAt> <expiresAt>", and while it is there the session is
 * live; `data:<key>` is one value; `flash:<id>` is "<expiresAt> <delivery>"; `claim:<id>` is
 * "<claimant> <at> <nonce>"; `due` is the time before which no delivery is over, or is missing.
 */

/**
 * Reads a live session and claims deliveries, by the rule of `winsClaim`; then forgets those that are
 * over, by the rule of `overAt`. A retry brings the same nonce and finds its own claims.
 *
 * KEYS: session. ARGV: now, nonce, seconds of an action's claim, seconds until a claim and until a final
 * claim settles, then per claim: id, by, over.
 * Replies with the whole hash as it was before anything was forgotten: fields and values in turn, a line each, for
 * one text is read in a fraction of the time of a list, and nothing in the hash has a line break, JSON escapes it.
 * 'none' is no session.
 */
export const TAKE = `
local session = KEYS[1]
local due = redis.call('HGET', session, 'due')
local function whole(all) return #all == 0 and 'none' or table.concat(all, '\\n') end
-- Most pages: nothing waits and nothing is asked for.
if not due and #ARGV == 5 then return whole(redis.call('HGETALL', session)) end

local now, nonce, patience = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3])
due = tonumber(due or '')
-- A Redis that is full, or cannot save, is read all the same: who was told to show a message does, without a claim.
local function isSet(field, value)
  local reply = redis.pcall('HSET', session, field, value)
  if type(reply) ~= 'table' then return true end
  if string.find(reply.err, 'OOM', 1, true) or string.find(reply.err, 'MISCONF', 1, true) then return false end
  return redis.call('HSET', session, field, value)
end
local function settles(by, at)
  return at + tonumber(by == 'client' and ARGV[5] or ARGV[4])
end
for at = 6, #ARGV, 3 do
  local id, by, over = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  local delivery = redis.call('HGET', session, 'flash:' .. id)
  if delivery and tonumber(string.match(delivery, '^%d+')) > now then
    local wins = true
    local kept = redis.call('HGET', session, 'claim:' .. id)
    if kept then
      local holder, since = string.match(kept, '^(%a+) (%d+) ')
      wins = string.find(over, holder, 1, true) or (holder == 'action' and now - tonumber(since) >= patience)
    end
    if wins and isSet('claim:' .. id, by .. ' ' .. now .. ' ' .. nonce) then
      due = math.min(due or settles(by, now), settles(by, now))
      isSet('due', due)
    end
  end
end
local all = redis.call('HGETALL', session)
if not due or due > now then return whole(all) end

local overAt = {}
for at = 1, #all, 2 do
  local kind, id = string.match(all[at], '^(%a+):(.*)$')
  if kind == 'flash' then
    local expires = tonumber(string.match(all[at + 1], '^%d+'))
    if expires == 0 then expires = math.huge end
    overAt[id] = math.min(overAt[id] or math.huge, expires)
  elseif kind == 'claim' then
    local by, since = string.match(all[at + 1], '^(%a+) (%d+) ')
    local known = redis.call('HEXISTS', session, 'flash:' .. id) == 1
    overAt[id] = math.min(overAt[id] or math.huge, known and settles(by, tonumber(since)) or 0)
  end
end
due = math.huge
for id, time in pairs(overAt) do
  if time <= now then redis.call('HDEL', session, 'flash:' .. id, 'claim:' .. id)
  else due = math.min(due, time) end
end
if due < math.huge then isSet('due', due) else redis.call('HDEL', session, 'due') end
return whole(all)
`

/**
 * Applies a change set. `new` makes an entry, `change` alters a live one and moves it to its new
 * id, `wipe` makes an entry where another one dies. The answer is kept under the operation's nonce:
 * a retry after a lost response is answered, not repeated.
 *
 * KEYS: session as stored, session as it is from now on, answer; and, when the id changes, the note of
 * where the stored one went.
 * ARGV: mode, meta, seconds to live, seconds to keep the answer, when the first of the deliveries it adds
 * is over or "", seconds to keep the note and what it says (the second key, but for what the client may put before
 * every key), then per change: verb, field, value.
 * Replies with a list: "ok" and the sums of what was added; "gone"; "not-a-number" and the field;
 * "pulled" and the field; for `wipe` of what is no longer there, "moved" and the key it has now.
 */
export const COMMIT = `
local from, to, answer, note = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local mode, meta = ARGV[1], ARGV[2]
local given = redis.call('LRANGE', answer, 0, -1)
if #given > 0 then return given end
local isLive = mode ~= 'new' and redis.call('HEXISTS', from, 'meta') == 1
if mode == 'change' and not isLive then return {'gone'} end
if mode == 'wipe' and not isLive and note then
  local key = redis.call('GET', note)
  if key then return {'moved', key} end
end

local reply = {'ok'}
for at = 8, #ARGV, 3 do
  local verb, field, value = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  if verb == 'pull' then
    if not isLive then return {'gone'} end
    local held = redis.call('HGET', from, field)
    -- A sum that Redis wrote may be the same number in other digits.
    local isSame = held == value or (held and tonumber(held) and tonumber(held) == tonumber(value))
    if not isSame then return {'pulled', field} end
  elseif verb == 'add' then
    local sum = tonumber(redis.call('HGET', from, field) or '0')
    sum = sum and sum + tonumber(value)
    if not sum or sum ~= sum or sum == math.huge or sum == -math.huge then
      return {'not-a-number', field}
    end
    reply[#reply + 1] = string.format('%.17g', sum)
  end
end

if mode == 'wipe' then redis.call('DEL', from) end
if mode == 'change' and from ~= to then
  redis.call('RENAME', from, to)
  redis.call('SET', note, ARGV[7], 'EX', ARGV[6])
end
redis.call('HSET', to, 'meta', meta)
local added = 1
for at = 8, #ARGV, 3 do
  local verb, field = ARGV[at], ARGV[at + 1]
  if verb == 'drop' then
    redis.call('HDEL', to, field)
  elseif verb == 'add' then
    added = added + 1
    redis.call('HSET', to, field, reply[added])
  elseif verb == 'set' or (verb == 'trim' and redis.call('HEXISTS', to, field) == 1) then
    redis.call('HSET', to, field, ARGV[at + 2])
  end
end
if ARGV[5] ~= '' then
  local due = tonumber(redis.call('HGET', to, 'due') or '')
  if not due or due > tonumber(ARGV[5]) then redis.call('HSET', to, 'due', ARGV[5]) end
end
redis.call('EXPIRE', to, ARGV[3])
for _, line in ipairs(reply) do redis.call('RPUSH', answer, line) end
redis.call('EXPIRE', answer, ARGV[4])
return reply
`
