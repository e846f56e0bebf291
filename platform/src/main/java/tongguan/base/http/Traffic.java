package tongguan.base.http;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and times every answer by route and status, and logs what an operator should look at.
 * Neither carries a key, a name or an address: the route's pattern and the correlation id are
 * enough.
 */
public final class Traffic {
  private static final Logger LOG = LoggerFactory.getLogger("traffic");
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final PrometheusMeterRegistry registry;
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  public Traffic(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  void served(Route route, int status, long nanos) {
    timers
        .computeIfAbsent(
            route.method() + ' ' + route.path() + ' ' + status, key -> timer(route, status))
        .record(nanos, TimeUnit.NANOSECONDS);
    if (nanos > SLOW_NANOS) {
      LOG.atWarn()
          .addKeyValue("route", route.path())
          .addKeyValue("status", status)
          .addKeyValue("millis", nanos / 1_000_000)
          .log("slow answer");
    }
  }

  private Timer timer(Route route, int status) {
    return Timer.builder("http_server_requests")
        .tag("method", route.method())
        .tag("route", route.path())
        .tag("status", String.valueOf(status))
        .publishPercentiles(0.5, 0.95, 0.99)
        .register(registry);
  }

  void unexpected(Call call, @Nullable Route route, Throwable thrown) {
    LOG.atError()
        .addKeyValue("route", route == null ? "none" : route.path())
        .addKeyValue("correlation", call.correlation())
        .setCause(thrown)
        .log("unexpected failure");
  }
}
