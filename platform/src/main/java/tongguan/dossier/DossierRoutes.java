package tongguan.dossier;

import java.util.List;
import java.util.Map;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.audit.Entry;
import tongguan.base.Problem;
import tongguan.base.http.Call;
import tongguan.base.http.Route;

/** The look-up over HTTP: the key as a path segment or as {@code ?key=}. */
public final class DossierRoutes {
  private static final int LONGEST_KEPT = 100;

  private final Dossier dossier;

  public DossierRoutes(Dossier dossier) {
    this.dossier = dossier;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/dossiers",
            Permissions.RECORD_READ,
            call -> answer(call, call.query("key").orElse(""))),
        Route.get(
            "/api/v1/dossiers/{+key}",
            Permissions.RECORD_READ,
            call -> answer(call, call.pathParameter("key"))));
  }

  private void answer(Call call, String key) {
    Officer officer = Officer.of(call);
    Dossier.Answer answer =
        dossier.find(
            key,
            officer.sight(Permissions.RECORD_READ),
            Entry.done("query", officer.actor(), "key:" + shortened(key), call.correlation()));
    switch (answer) {
      case Dossier.Answer.Found found -> call.respondTagged(found.json());
      case Dossier.Answer.Unknown unknown -> throw unknown(unknown);
      case Dossier.Answer.Unreadable unreadable ->
          throw Problem.badRequest(
                  "unreadable-key",
                  "無法辨識此號碼：請輸入貨櫃、報單、提單、航次、班機、准單、封條或統一編號。",
                  "This cannot be read as a number: enter a container, declaration, bill, voyage, flight, permit, seal or company number.")
              .with("parameter", "key");
    }
  }

  /** What was typed may be of any length; what is kept of it is not. */
  private static String shortened(String key) {
    return key.length() > LONGEST_KEPT ? key.substring(0, LONGEST_KEPT) : key;
  }

  private static Problem unknown(Dossier.Answer.Unknown unknown) {
    Problem problem =
        unknown.wrongCheckDigit()
            ? Problem.of(
                404,
                "unknown-key",
                "查無此號碼，且貨櫃檢查碼不符，請再核對。",
                "This number is not on record, and its check digit is wrong; look at it again.")
            : Problem.of(404, "unknown-key", "查無此號碼。", "This number is not on record.");
    return problem
        .with("key", unknown.key())
        .with("readings", unknown.readings())
        .with(
            "nearest",
            unknown.nearest().stream()
                .map(number -> Map.of("kind", "container", "key", number))
                .toList());
  }
}
