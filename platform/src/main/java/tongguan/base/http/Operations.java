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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
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
  private volatile String collector = "";
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
                "/health/live", Route.OPEN, call -> call.respondJson(200, Map.of("status", "live")))
            .fromAnywhere(),
        Route.get("/health/ready", Route.OPEN, this::ready).fromAnywhere(),
        Route.get("/metrics", Route.OPEN, this::metrics).producing(Set.of("text/plain")),
        Route.get("/api/v1/openapi.json", "signed-in", this::openApi));
  }

  private void ready(Call call) {
    if (leaving.get() || !database.isReady()) {
      throw Problem.unavailable("not-ready", 2, "尚未就緒。", "Not ready.");
    }
    call.respondJson(200, Map.of("status", "ready"));
  }

  /** Reads the credential of whoever collects the figures, and makes it where there is none. */
  public void open(Path file) {
    try {
      if (!Files.exists(file)) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
      }
      collector = Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireCollector(Call call) {
    String given = call.header("Authorization").orElse("");
    boolean known =
        !collector.isEmpty()
            && MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8),
                ("Bearer " + collector).getBytes(StandardCharsets.UTF_8));
    if (!known) {
      call.header("WWW-Authenticate", "Bearer");
      throw Problem.of(
          401,
          "no-credential",
          "請附上資料夾中 metrics.token 的憑證。",
          "Figures need the credential of metrics.token in the data folder.");
    }
  }

  private void metrics(Call call) {
    requireCollector(call);
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
