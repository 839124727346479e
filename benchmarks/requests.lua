-- For wrk: one request after the other from a file, each once, from clients that a proxy would name.
-- A line is: path, tab, Accept. START says which comes first, so that no round asks what one before asked.
local lines, place = {}, 0

function init(_)
  for line in io.lines(os.getenv("REQUESTS")) do
    lines[#lines + 1] = line
  end
  place = tonumber(os.getenv("START") or "0")
end

function request()
  place = place + 1
  local path, accept = lines[(place - 1) % #lines + 1]:match("^(.-)\t(.*)$")
  local client = "10." .. place % 3 .. "." .. place % 50 .. "." .. place % 11
  return wrk.format("GET", path, { ["Accept"] = accept, ["X-Forwarded-For"] = client })
end

function done(summary, latency, _)
  local wrong = summary.errors
  io.write(string.format(
    "\n{\"requests\": %d, \"microseconds\": %d, \"refused\": %d, \"broken\": %d, \"p50\": %d, \"p99\": %d, \"bytes\": %d}\n",
    summary.requests, summary.duration, wrong.status, wrong.connect + wrong.read + wrong.write + wrong.timeout,
    latency:percentile(50), latency:percentile(99), summary.bytes))
end
