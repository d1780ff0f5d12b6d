import { createHash } from 'node:crypto';

/** A script that Redis runs in one step. It touches keys of one hash tag only. */
export interface Script {
  readonly source: string;
  readonly sha: string;
}

// Said so that Redis itself refuses keys of different hash tags (Redis 7, "shebang" scripts).
const script = (body: string): Script => {
  const source = `#!lua\n${body}`;
  return { source, sha: createHash('sha1').update(source).digest('hex') };
};

/**
 * Does a list of commands if a value is still what it was thought to be.
 * KEYS: the value, and what the commands touch. ARGV: the value expected, the commands in JSON.
 * Answers whether it was, and the results of the commands, or the value that it is.
 */
export const ifUnchanged = script(`
local current = redis.call('GET', KEYS[1]) or ''
if current ~= ARGV[1] then return { 0, current } end
local results = {}
for index, command in ipairs(cjson.decode(ARGV[2])) do
  results[index] = redis.call(unpack(command))
end
return { 1, results }
`);

/**
 * Does a list of commands if a session is still there.
 * KEYS: its name's sessions, and what the commands touch. ARGV: its id, the commands in JSON.
 */
export const ifPresent = script(`
local sessions = redis.call('GET', KEYS[1])
if not sessions then return 0 end
for _, session in ipairs(cjson.decode(sessions)) do
  if session.id == ARGV[1] then
    for _, command in ipairs(cjson.decode(ARGV[2])) do redis.call(unpack(command)) end
    return 1
  end
end
return 0
`);

/**
 * Hands a frame to the process that has a session, or puts it by.
 * KEYS: the name's sessions, the session's mail, bytes of mail by session. ARGV: the session's id,
 * what goes before the frame on its way, the frame, how many may wait, what channels of processes
 * begin with, how many bytes may wait for the session, and for all of the shard.
 * Answers 1, 0 when there is no such session, and 2 when no more can wait.
 */
export const deliver = script(`
local sessions = redis.call('GET', KEYS[1])
if not sessions then return 0 end
for _, session in ipairs(cjson.decode(sessions)) do
  if session.id == ARGV[1] then
    local process = string.match(session.holder, '^[^:]+')
    -- One that nobody hears is dead, or on its way back: it finds the frame where it waits.
    if process and redis.call('PUBLISH', ARGV[5] .. process, ARGV[2] .. ARGV[3]) > 0 then return 1 end
    if redis.call('LLEN', KEYS[2]) >= tonumber(ARGV[4]) then return 2 end
    local bytes = #ARGV[3]
    local all = bytes
    for _, each in ipairs(redis.call('HVALS', KEYS[3])) do all = all + tonumber(each) end
    local own = bytes + tonumber(redis.call('HGET', KEYS[3], ARGV[1]) or 0)
    if own > tonumber(ARGV[6]) or all > tonumber(ARGV[7]) then return 2 end
    redis.call('HSET', KEYS[3], ARGV[1], own)
    redis.call('RPUSH', KEYS[2], ARGV[3])
    return 1
  end
end
return 0
`);

/** Takes what waits for a session. KEYS: its mail, bytes of mail by session. ARGV: its id. */
export const collect = script(`
local frames = redis.call('LRANGE', KEYS[1], 0, -1)
redis.call('DEL', KEYS[1])
redis.call('HDEL', KEYS[2], ARGV[1])
return frames
`);
