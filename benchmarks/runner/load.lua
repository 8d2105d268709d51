-- wrk ... load.lua http://site -- COOKIES PATH...
-- Every cookie of the file takes its turn with the first path, then every one with the second, and so on.
local requests, last = {}, 0

function init(arguments)
  local cookies = {}
  for line in io.lines(arguments[1]) do cookies[#cookies + 1] = line end
  for i = 2, #arguments do
    for _, cookie in ipairs(cookies) do
      requests[#requests + 1] = wrk.format("GET", arguments[i], { Cookie = cookie, ["X-Forwarded-Proto"] = "https" })
    end
  end
end

function request()
  last = last % #requests + 1
  return requests[last]
end
