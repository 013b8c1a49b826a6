-- Sends the requests of a file, one target a line, in turn; tells what came of it in one line at the end.
local requests, at = {}, 0

init = function(arguments)
  wrk.headers["Accept"] = arguments[2]
  for line in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format("GET", line)
  end
end

request = function()
  at = at % #requests + 1
  return requests[at]
end

done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format("TOLD %d %d %d %d %d\n", summary.requests - errors.status, summary.duration,
    errors.connect + errors.read + errors.write + errors.timeout + errors.status,
    latency:percentile(50), latency:percentile(99)))
end
