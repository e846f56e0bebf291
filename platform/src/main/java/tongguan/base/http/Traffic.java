package tongguan.base.http;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Counts and times every answer by route and status, and logs it: what an operator should look at
 * as a warning, the rest where the log {@code traffic} is set to debug. Neither carries a key, a
 * name or an address: the route's pattern and the correlation id are enough. An answer that is held
 * open is not slow.
 */
public final class Traffic {
  private static final Logger LOG = LoggerFactory.getLogger("traffic");
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Fixed bounds, so that the figures of several nodes can be added up. */
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final PrometheusMeterRegistry registry;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  private record Kind(String method, String route, int status) {}

  public Traffic(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  void served(Call call, Route route, int status, long nanos) {
    timers
        .computeIfAbsent(new Kind(route.method(), route.path(), status), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
    boolean held = route.produces().contains(Events.MEDIA_TYPE);
    boolean remarkable = (nanos > SLOW_NANOS && !held) || status >= 500;
    LOG.atLevel(remarkable ? Level.WARN : Level.DEBUG)
        .addKeyValue("method", route.method())
        .addKeyValue("route", route.path())
        .addKeyValue("status", status)
        .addKeyValue("millis", nanos / 1_000_000)
        .addKeyValue("correlation", call.correlation())
        .log("answered");
  }

  private Timer timer(Kind kind) {
    return Timer.builder("http_server_requests")
        .tag("method", kind.method())
        .tag("route", kind.route())
        .tag("status", String.valueOf(kind.status()))
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }

  void unexpected(Call call, Route route, Throwable thrown) {
    LOG.atError()
        .addKeyValue("route", route.path())
        .addKeyValue("correlation", call.correlation())
        .setCause(thrown)
        .log("unexpected failure");
  }
}
