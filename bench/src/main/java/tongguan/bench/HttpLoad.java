package tongguan.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tongguan.base.StartFailure;

/** Look-ups over HTTP by wrk, each of a key at random. */
final class HttpLoad {
  private static final Pattern RESULT =
      Pattern.compile("RESULT (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");

  private final URI address;
  private final Path scratch;

  /**
   * @param cookies one of which each look-up comes with, at random: as many officers
   */
  HttpLoad(URI address, List<String> keys, List<String> cookies, Path scratch) throws IOException {
    this.address = address;
    this.scratch = scratch;
    Files.write(scratch.resolve("keys.txt"), keys);
    Files.write(scratch.resolve("cookies.txt"), cookies);
    Files.writeString(
        scratch.resolve("dossier.lua"),
        """
        local function read(name)
          local lines = {}
          for line in io.lines(name) do lines[#lines + 1] = line end
          return lines
        end
        local keys = read("keys.txt")
        local thread = 0
        function setup(t) thread = thread + 1; t:set("seed", thread) end
        function init(args) math.randomseed(seed) end
        local officers = {}
        for i, cookie in ipairs(read("cookies.txt")) do officers[i] = { Cookie = cookie } end
        function request()
          return wrk.format("GET", "/api/v1/dossiers?key=" .. keys[math.random(#keys)], officers[math.random(#officers)])
        end
        function done(summary, latency, requests)
          local errors = summary.errors
          io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests, summary.duration,
            latency:percentile(50), latency:percentile(95), latency:percentile(99),
            errors.connect + errors.read + errors.write + errors.status + errors.timeout))
        end
        """);
  }

  Rate run(int connections, int seconds) throws IOException, InterruptedException {
    String output =
        Tool.run(
            List.of(
                "wrk",
                "-t" + Math.min(2, connections),
                "-c" + connections,
                "-d" + seconds + "s",
                "--timeout",
                "10s",
                "-s",
                "dossier.lua",
                address.toString()),
            Map.of(),
            scratch,
            "wrk");
    Matcher result = RESULT.matcher(output);
    if (!result.find()) {
      throw StartFailure.environment("wrk said nothing that can be read: " + output.strip());
    }
    double duration = Long.parseLong(result.group(2)) / 1e6;
    return new Rate(
        Long.parseLong(result.group(1)) / duration,
        millis(result.group(3)),
        millis(result.group(4)),
        millis(result.group(5)),
        Long.parseLong(result.group(6)));
  }

  private static double millis(String micros) {
    return Long.parseLong(micros) / 1000.0;
  }
}
