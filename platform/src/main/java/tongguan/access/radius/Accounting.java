package tongguan.access.radius;

import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tongguan.access.radius.wire.Code;
import tongguan.access.radius.wire.Draft;
import tongguan.base.Ids;
import tongguan.base.database.Database;
import tongguan.identity.Sessions;

/**
 * Takes Accounting-Requests, many in one transaction: the sessions, the officers' sessions that
 * hung on those that ended, the orders to cut off and the audit stand together, and only then is
 * anything answered.
 */
final class Accounting {
  private final Database database;
  private final Sessions officers;
  private final Incidents incidents;
  private final DisconnectStore.Signal signal;
  private final Ids ids;
  private final Clock clock;

  Accounting(
      Database database,
      Sessions officers,
      Incidents incidents,
      DisconnectStore.Signal signal,
      Ids ids,
      Clock clock) {
    this.database = database;
    this.officers = officers;
    this.incidents = incidents;
    this.signal = signal;
    this.ids = ids;
    this.clock = clock;
  }

  void answer(List<Request> requests) {
    List<Request> good = new ArrayList<>();
    List<Told> reports = new ArrayList<>();
    for (Request request : requests) {
      if (request.packet().code() == Code.STATUS_SERVER) {
        good.add(request);
        continue;
      }
      Optional<Told> told = Told.of(request.gateway(), request.packet(), clock.instant());
      if (told.isPresent()) {
        good.add(request);
        reports.add(told.get());
      }
    }
    if (!good.isEmpty()) {
      boolean cut = database.inTransaction(tx -> keep(tx, reports));
      good.forEach(
          request -> request.answer(Draft.answer(Code.ACCOUNTING_RESPONSE, request.packet())));
      if (cut) {
        signal.raise();
      }
    }
    requests.stream().filter(request -> !good.contains(request)).forEach(Request::drop);
  }

  /** Whether some gateway is to be told something. */
  private boolean keep(Connection tx, List<Told> reports) throws SQLException {
    List<Told> ofSessions = new ArrayList<>();
    boolean cut = false;
    for (Told told : reports) {
      if (!told.kind().ofGateway()) {
        ofSessions.add(told);
        continue;
      }
      // What came before it is kept before it.
      cut |= keepSessions(tx, ofSessions);
      ofSessions.clear();
      List<String> ended = new SessionStore(tx).endOfGateway(told.gateway().name(), told.at());
      int _ = officers.endOfNetwork(tx, ended, "network-ended");
    }
    return keepSessions(tx, ofSessions) || cut;
  }

  private boolean keepSessions(Connection tx, List<Told> reports) throws SQLException {
    if (reports.isEmpty()) {
      return false;
    }
    SessionStore store = new SessionStore(tx);
    store.lock(names(reports));
    List<Known> known =
        RegistryStore.known(
            tx,
            reports.stream()
                .map(told ->
                    new RegistryStore.Question(
                        told.gateway().name(), told.subscriber().imsi(), told.subscriber().apn()))
                .toList());
    SessionBook book = new SessionBook(store.around(reports, addresses(reports, known)), ids);
    for (int i = 0; i < reports.size(); i++) {
      book.apply(reports.get(i), known.get(i));
    }
    List<ApnSession> changed = book.changed();
    store.write(changed);
    List<String> ended =
        changed.stream()
            .filter(session -> session.endedNow() && !session.fresh)
            .map(session -> session.id.toString())
            .toList();
    int _ = officers.endOfNetwork(tx, ended, "network-ended");
    incidents.write(tx, book.incidents());
    DisconnectStore orders = new DisconnectStore(tx);
    orders.add(ids, book.cut());
    orders.stopped(book.stopped());
    return !book.cut().isEmpty();
  }

  private static Set<String> names(List<Told> reports) {
    Set<String> names = new LinkedHashSet<>();
    for (Told told : reports) {
      names.add(told.subscriber().imsi());
      told.places().forEach(place -> names.add(place.address().getHostAddress()));
    }
    return names;
  }

  private static Set<InetAddress> addresses(List<Told> reports, List<Known> known) {
    Set<InetAddress> addresses = new LinkedHashSet<>();
    reports.forEach(told -> told.places().forEach(place -> addresses.add(place.address())));
    known.forEach(one -> one.sim().ifPresent(sim -> addresses.add(sim.address())));
    return addresses;
  }
}
