/**
 * What the store does, each in one atomic step on the server. JSON passes through as opaque text:
 * Lua's own JSON turns [] into {} and rounds numbers. All times are Unix seconds of the caller's
 * clock, so that servers whose clocks differ do not matter.
 *
 * A session is a hash: `meta` is "<createdAt> <expiresAt>", and while it is there the session is
 * live; `data:<key>` is one value; `flash:<id>` is "<expiresAt> <delivery>"; `claim:<id>` is
 * "<claimant> <at> <nonce>".
 */

/**
 * Reads a live session and claims deliveries, by the rule of `winsClaim`. A retry brings the same
 * nonce and finds its own claims.
 *
 * KEYS: session. ARGV: now, nonce, action claim's seconds, then per claim: id, by, over.
 * Replies with the whole hash, or nil.
 */
export const TAKE = `
local session, now, nonce, patience = KEYS[1], tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3])
if redis.call('HEXISTS', session, 'meta') == 0 then return false end
for at = 4, #ARGV, 3 do
  local id, by, over = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  local delivery = redis.call('HGET', session, 'flash:' .. id)
  if delivery and tonumber(string.match(delivery, '^%d+')) > now then
    local wins = true
    local kept = redis.call('HGET', session, 'claim:' .. id)
    if kept then
      local holder, since = string.match(kept, '^(%a+) (%d+) ')
      wins = string.find(over, holder, 1, true) or (holder == 'action' and now - tonumber(since) >= patience)
    end
    if wins then redis.call('HSET', session, 'claim:' .. id, by .. ' ' .. now .. ' ' .. nonce) end
  end
end
return redis.call('HGETALL', session)
`

/**
 * Applies a change set. `new` makes an entry, `change` alters a live one and moves it to its new
 * id, `wipe` makes an entry where another one dies. The answer is kept under the operation's nonce:
 * a retry after a lost response is answered, not repeated.
 *
 * KEYS: session as stored, session as it is from now on, answer.
 * ARGV: mode, meta, seconds to live, seconds to keep the answer, then per change: verb, field, value.
 * Replies with a list: "ok" and the sums of what was added; "gone"; "not-a-number" and the field.
 */
export const COMMIT = `
local from, to, answer = KEYS[1], KEYS[2], KEYS[3]
local mode, meta = ARGV[1], ARGV[2]
local given = redis.call('LRANGE', answer, 0, -1)
if #given > 0 then return given end
if mode == 'change' and redis.call('HEXISTS', from, 'meta') == 0 then return {'gone'} end

local reply = {'ok'}
for at = 5, #ARGV, 3 do
  if ARGV[at] == 'add' then
    local sum = tonumber(redis.call('HGET', from, ARGV[at + 1]) or '0')
    sum = sum and sum + tonumber(ARGV[at + 2])
    if not sum or sum ~= sum or sum == math.huge or sum == -math.huge then
      return {'not-a-number', ARGV[at + 1]}
    end
    reply[#reply + 1] = string.format('%.17g', sum)
  end
end

if mode == 'wipe' then redis.call('DEL', from) end
if mode == 'change' and from ~= to then redis.call('RENAME', from, to) end
redis.call('HSET', to, 'meta', meta)
local added = 1
for at = 5, #ARGV, 3 do
  local verb, field = ARGV[at], ARGV[at + 1]
  if verb == 'drop' then
    redis.call('HDEL', to, field)
  elseif verb == 'add' then
    added = added + 1
    redis.call('HSET', to, field, reply[added])
  else
    redis.call('HSET', to, field, ARGV[at + 2])
  end
end
redis.call('EXPIRE', to, ARGV[3])
for _, line in ipairs(reply) do redis.call('RPUSH', answer, line) end
redis.call('EXPIRE', answer, ARGV[4])
return reply
`
