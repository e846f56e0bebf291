package tongguan.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tongguan.base.http.Call;
import tongguan.base.http.Route;

/** The code tables with their names in both languages, as one file that clients keep. */
public final class ReferenceRoutes {
  private static final String FILE = "/tongguan/reference.json";

  public List<Route> routes() {
    return List.of(Route.get("/api/v1/reference", "signed-in", ReferenceRoutes::tables));
  }

  private static void tables(Call call) {
    try (InputStream in = ReferenceRoutes.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + FILE);
      }
      call.respondTagged("application/json", "private, max-age=3600", in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
