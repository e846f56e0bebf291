package tongguan.base.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import tongguan.base.Problem;
import tongguan.base.database.Database;

/** What the operator's tools ask: is it alive, is it ready, how is it doing, what can it do. */
public final class Operations {
  private final Database database;
  private final PrometheusMeterRegistry registry;
  private final AtomicBoolean leaving = new AtomicBoolean();

  public Operations(Database database, PrometheusMeterRegistry registry) {
    this.database = database;
    this.registry = registry;
    Gauge.builder("database_waiting", database, Database::waiting).register(registry);
    Gauge.builder("database_busy", database, Database::busy).register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
  }

  /**
   * Garbage collection is watched from here on; costs some milliseconds, so not before the first
   * answer.
   */
  public void watchGarbageCollection() {
    new JvmGcMetrics().bindTo(registry);
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/health/live", Route.OPEN, call -> call.respondJson(200, Map.of("status", "live"))),
        Route.get("/health/ready", Route.OPEN, this::ready),
        Route.get("/metrics", Route.OPEN, this::metrics).producing(Set.of("text/plain")),
        Route.get("/api/v1/openapi.json", "signed-in", this::openApi));
  }

  private void ready(Call call) {
    if (leaving.get() || !database.isReady()) {
      throw Problem.unavailable("not-ready", 2, "尚未就緒。", "Not ready.");
    }
    call.respondJson(200, Map.of("status", "ready"));
  }

  private void metrics(Call call) {
    call.respond(
        200,
        "text/plain; version=0.0.4; charset=utf-8",
        registry.scrape().getBytes(StandardCharsets.UTF_8));
  }

  private void openApi(Call call) {
    try (InputStream in = Operations.class.getResourceAsStream("/tongguan/openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks its OpenAPI file");
      }
      call.respondTagged("application/json", "no-cache", in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on this node is not ready, so that a balancer sends new work elsewhere. */
  public void leave() {
    leaving.set(true);
  }
}
