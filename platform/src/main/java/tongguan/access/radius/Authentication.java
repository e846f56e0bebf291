package tongguan.access.radius;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import tongguan.access.radius.wire.Code;
import tongguan.access.radius.wire.Draft;
import tongguan.access.radius.wire.Packet;
import tongguan.access.radius.wire.Password;
import tongguan.access.radius.wire.Type;
import tongguan.base.database.Database;

/** Answers Access-Requests, many at a time: one statement reads for all of them. */
final class Authentication {
  private static final byte EAP_FAILURE = 4;
  private static final InetAddress WHOLE = InetAddress.ofLiteral("255.255.255.255");

  /** Several reports fit into the time after which silence counts as the end. */
  private static final int REPORTS_IN_SILENCE = 4;

  /** Less is not to be asked for (RFC 2869 §5.16). */
  private static final int LEAST_INTERVAL = 60;

  private final Database database;
  private final Incidents incidents;

  Authentication(Database database, Incidents incidents) {
    this.database = database;
    this.incidents = incidents;
  }

  /** A request with what came of it. */
  private record Decided(Request request, Draft answer) {}

  void answer(List<Request> requests) {
    List<Subscriber> subscribers =
        requests.stream().map(request -> Subscriber.of(request.packet())).toList();
    List<RegistryStore.Question> questions = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      Subscriber subscriber = subscribers.get(i);
      questions.add(
          new RegistryStore.Question(
              requests.get(i).gateway().name(), subscriber.imsi(), subscriber.apn()));
    }
    List<Known> known = database.query(connection -> RegistryStore.known(connection, questions));
    List<Decided> unwritten = new ArrayList<>();
    List<Incident> noted = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      int before = noted.size();
      Decided decided = decide(requests.get(i), subscribers.get(i), known.get(i), noted);
      if (noted.size() == before) {
        decided.request().answer(decided.answer());
      } else {
        unwritten.add(decided);
      }
    }
    answerWritten(unwritten, noted);
  }

  /** What is to be in the audit is there before it is answered. */
  private void answerWritten(List<Decided> decided, List<Incident> noted) {
    if (decided.isEmpty()) {
      return;
    }
    try {
      boolean _ =
          database.inTransaction(tx -> {
            incidents.write(tx, noted);
            return true;
          });
    } catch (RuntimeException unwritten) {
      decided.forEach(one -> one.request().drop());
      return;
    }
    decided.forEach(one -> one.request().answer(one.answer()));
  }

  private static Decided decide(
      Request request, Subscriber subscriber, Known known, List<Incident> noted) {
    if (request.packet().code() == Code.STATUS_SERVER) {
      return new Decided(request, Draft.answer(Code.ACCESS_ACCEPT, request.packet()));
    }
    Gateway gateway = request.gateway();
    Admission admission = admission(request, subscriber, known);
    return switch (admission) {
      case Admission.Refused refused -> {
        noted.add(Incident.refusal(gateway, refused.reason(), subscriber, known));
        yield new Decided(request, reject(request.packet()));
      }
      case Admission.Granted granted -> {
        if (granted.otherDevice()) {
          noted.add(Incident.alarm(gateway, Reason.OTHER_DEVICE, subscriber, known));
        }
        yield new Decided(request, accept(request.packet(), granted.sim(), known.policy()));
      }
    };
  }

  private static Admission admission(Request request, Subscriber subscriber, Known known) {
    // Whoever asks for EAP is proven by EAP or not at all, also where the APN has no password.
    if (request.packet().octets(Type.EAP_MESSAGE).isPresent()) {
      return new Admission.Refused(Reason.EAP);
    }
    return knowsPassword(request)
        ? Admission.of(known, subscriber)
        : new Admission.Refused(Reason.WRONG_PASSWORD);
  }

  /** To EAP it is said in EAP, too (RFC 3579 §2.6.3): a Failure for the question that was put. */
  private static Draft reject(Packet request) {
    Draft draft = Draft.answer(Code.ACCESS_REJECT, request);
    return request
        .octets(Type.EAP_MESSAGE)
        .filter(asked -> asked.length > 1)
        .map(asked -> draft.with(Type.EAP_MESSAGE, new byte[] {EAP_FAILURE, asked[1], 0, 4}))
        .orElse(draft);
  }

  private static boolean knowsPassword(Request request) {
    Gateway gateway = request.gateway();
    return gateway
        .password()
        .map(expected -> Password.matches(request.packet(), gateway.secret(), expected.octets()))
        .orElse(true);
  }

  private static Draft accept(Packet request, Known.Sim sim, Known.Policy policy) {
    Draft draft = Draft.answer(Code.ACCESS_ACCEPT, request);
    if (sim.address() instanceof Inet4Address) {
      draft.with(Type.FRAMED_IP_ADDRESS, sim.address()).with(Type.FRAMED_IP_NETMASK, WHOLE);
    } else {
      draft.with(Type.FRAMED_IPV6_ADDRESS, sim.address());
    }
    return draft
        .with(Type.SESSION_TIMEOUT, policy.sessionSeconds())
        .with(Type.IDLE_TIMEOUT, policy.idleSeconds())
        .with(
            Type.ACCT_INTERIM_INTERVAL,
            Math.max(LEAST_INTERVAL, policy.silenceSeconds() / REPORTS_IN_SILENCE));
  }
}
