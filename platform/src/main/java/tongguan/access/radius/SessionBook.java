package tongguan.access.radius;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tongguan.base.Ids;
import tongguan.base.Json;

/**
 * The rules of accounting: what each report makes of the sessions on the private APN. Reports may
 * come twice, late, in any order and to any node; whatever they come to, an address and a SIM have
 * one live session at most, and nobody is on who would not be let in.
 *
 * <p>Works on the sessions that the reports of one transaction touch, which hold its locks.
 */
final class SessionBook {
  static final String STOP = "stop";
  static final String SILENCE = "silence";
  static final String RESTART = "gateway-restart";

  /** The same SIM in the same device began anew: the Stop was lost. */
  private static final String REPLACED = "replaced";

  /** Its address belongs to another SIM now. */
  private static final String ADDRESS_TAKEN = "address-taken";

  private static final String ADDRESS_MOVED = "address-moved";

  /** It was over before we heard of it. */
  private static final String OVERTAKEN = "overtaken";

  /** Ends that a gateway brought about, or that nobody knows better than it. */
  private static final Set<String> OF_ITSELF =
      Set.of(STOP, SILENCE, RESTART, REPLACED, ADDRESS_TAKEN, ADDRESS_MOVED, OVERTAKEN);

  private final List<ApnSession> sessions;
  private final Ids ids;
  private final List<ApnSession> cut = new ArrayList<>();
  private final List<ApnSession> stopped = new ArrayList<>();
  private final List<Incident> incidents = new ArrayList<>();

  SessionBook(List<ApnSession> sessions, Ids ids) {
    this.sessions = new ArrayList<>(sessions);
    this.ids = ids;
  }

  /** All that are to be written: new ones, and those that changed. */
  List<ApnSession> changed() {
    return sessions.stream().filter(session -> session.fresh || session.changed()).toList();
  }

  /** Those that a gateway must be told to end. */
  List<ApnSession> cut() {
    return cut;
  }

  /** Those of which the gateway itself said that they are over. */
  List<ApnSession> stopped() {
    return stopped;
  }

  List<Incident> incidents() {
    return incidents;
  }

  void apply(Told told, Known known) {
    Optional<ApnSession> same =
        sessions.stream()
            .filter(session ->
                !session.superseded()
                    && session.gateway.equals(told.gateway().name())
                    && session.number.equals(told.number())
                    && session.imsi.equals(told.subscriber().imsi()))
            .findFirst();
    if (told.kind() == Told.Kind.STOP) {
      stop(told, known, same);
    } else if (same.isEmpty()) {
      begin(told, known);
    } else {
      hear(told, known, same.get());
    }
  }

  private void stop(Told told, Known known, Optional<ApnSession> same) {
    ApnSession session;
    if (same.isEmpty()) {
      // Its Start may come yet, and must find that it is over.
      Optional<InetAddress> address = address(told, known);
      if (address.isEmpty()) {
        return;
      }
      session = add(told, known, address.get());
    } else if (told.dated() && told.at().isBefore(same.get().startedAt.minusSeconds(1))) {
      // Of an earlier session that had the same number.
      return;
    } else {
      session = same.get();
      session.take(told);
    }
    session.end(STOP);
    stopped.add(session);
  }

  /** A Start again, or an interim report. */
  private void hear(Told told, Known known, ApnSession session) {
    if (session.live()) {
      hearLive(told, known, session);
      return;
    }
    boolean presumed = SILENCE.equals(session.endedWhy()) || RESTART.equals(session.endedWhy());
    if (session.isBefore(told) && (told.kind() == Told.Kind.START || presumed)) {
      session.supersede();
      begin(told, known);
      return;
    }
    boolean stillThere = session.isBefore(told) && !OF_ITSELF.contains(session.endedWhy());
    session.take(told);
    if (stillThere) {
      // The gateway goes on with what it was told to end.
      cut.add(session);
    }
  }

  private void hearLive(Told told, Known known, ApnSession session) {
    boolean moved = address(told, known).filter(now -> !now.equals(session.address)).isPresent();
    if (moved) {
      if (!session.isAfter(told)) {
        session.end(ADDRESS_MOVED);
        session.supersede();
        begin(told, known);
      }
      return;
    }
    boolean wasSilent = session.silent && !session.heard();
    if (wasSilent) {
      // Nothing that hung on it may come to life again.
      session.end(SILENCE);
      if (told.dated()) {
        session.supersede();
        begin(told, known);
      }
      return;
    }
    session.take(told);
    reasonAgainst(told, known, session).ifPresent(reason -> cut(told, known, session, reason));
  }

  /** What has changed since it began. */
  private static Optional<Reason> reasonAgainst(Told told, Known known, ApnSession session) {
    return switch (Admission.standing(known)) {
      case Admission.Refused refused -> Optional.of(refused.reason());
      case Admission.Granted granted -> {
        if (!granted.device().id().equals(session.device)) {
          yield Optional.of(Reason.UNPAIRED);
        }
        String hardware = told.subscriber().hardware();
        boolean other =
            !hardware.isEmpty() && !hardware.equals(Subscriber.hardware(session.imeisv));
        yield other ? Optional.of(Reason.TWO_AT_ONCE) : Optional.empty();
      }
    };
  }

  private void begin(Told told, Known known) {
    Optional<InetAddress> address = address(told, known);
    if (address.isEmpty()) {
      return;
    }
    List<ApnSession> others =
        sessions.stream()
            .filter(ApnSession::live)
            .filter(other ->
                other.imsi.equals(told.subscriber().imsi()) || other.address.equals(address.get()))
            .toList();
    ApnSession session = add(told, known, address.get());
    if (others.stream().anyMatch(other -> other.isAfter(told))) {
      session.end(OVERTAKEN);
      return;
    }
    boolean twice = false;
    for (ApnSession other : others) {
      twice |= giveWay(other, session, told, known);
    }
    if (twice) {
      cut(told, known, session, Reason.TWO_AT_ONCE);
      return;
    }
    switch (Admission.of(known, told.subscriber())) {
      case Admission.Refused refused -> cut(told, known, session, refused.reason());
      case Admission.Granted granted -> {
        if (!granted.sim().address().equals(session.address)) {
          cut(told, known, session, Reason.OTHER_ADDRESS);
        } else if (granted.otherDevice()) {
          incidents.add(alarm(told, known, session, Reason.OTHER_DEVICE));
        }
      }
    }
  }

  /** Ends what stands in the new one's way; says whether one SIM is in two pieces of hardware. */
  private boolean giveWay(ApnSession other, ApnSession session, Told told, Known known) {
    if (other.silent && !other.heard()) {
      other.end(SILENCE);
    } else if (!other.imsi.equals(session.imsi)) {
      other.end(ADDRESS_TAKEN);
    } else if (Subscriber.hardware(other.imeisv).equals(Subscriber.hardware(session.imeisv))) {
      other.end(REPLACED);
    } else {
      cut(told, known, other, Reason.TWO_AT_ONCE);
      return true;
    }
    return false;
  }

  private void cut(Told told, Known known, ApnSession session, Reason reason) {
    session.end(reason.code());
    cut.add(session);
    incidents.add(alarm(told, known, session, reason));
  }

  private static Incident alarm(Told told, Known known, ApnSession session, Reason reason) {
    return Incident.alarm(told.gateway(), reason, told.subscriber(), known)
        .with(
            Map.of("session", session.id.toString(), "address", session.address.getHostAddress()));
  }

  private ApnSession add(Told told, Known known, InetAddress address) {
    ApnSession session =
        ApnSession.begun(
            new ApnSession.Origin(
                ids.next(),
                told.gateway().name(),
                told.number(),
                told.subscriber(),
                address,
                known.sim().map(Known.Sim::id).orElse(null),
                known.sim().flatMap(Known.Sim::device).map(Known.Device::id).orElse(null),
                told.kind() == Told.Kind.START ? told.at() : told.at().minusSeconds(told.seconds()),
                Json.text(told.attributes())));
    session.take(told);
    sessions.add(session);
    return session;
  }

  /**
   * The SIM's own address where the gateway's word allows it, else what the gateway says; a gateway
   * that gave a network (IPv6) means every address of it.
   */
  private static Optional<InetAddress> address(Told told, Known known) {
    return known
        .sim()
        .map(Known.Sim::address)
        .filter(own -> told.places().stream().anyMatch(place -> place.holds(own)))
        .or(() -> told.places().stream().map(Told.Place::address).findFirst());
  }
}
