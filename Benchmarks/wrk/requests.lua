-- Sends requests of a file in random order: wrk … -s requests.lua ADDRESS -- FILE
-- They are whole, as they go over the line, with a zero byte after each.

local threads = 0

function setup(thread)
    threads = threads + 1
    thread:set("number", threads)
end

function init(arguments)
    math.randomseed(os.time() * 31 + number)
    local file = assert(io.open(arguments[1], "rb"))
    local text = file:read("*a")
    file:close()
    requests = {}
    for one in text:gmatch("%Z+") do
        requests[#requests + 1] = one
    end
    random, count = math.random, #requests
end

function request()
    return requests[random(count)]
end

-- Latencies come in microseconds, and so does the duration.
function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '{"requests": %d, "microseconds": %d, "p50": %d, "p99": %d, "refused": %d, "broken": %d}\n',
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        errors.status, errors.connect + errors.read + errors.write + errors.timeout
    ))
end
