package tongguan.base.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import tongguan.base.Ids;
import tongguan.base.Problem;

/**
 * One answer to each request: the doorstep, the gate, the handler, and a problem for whatever is
 * thrown on the way. This is the last resort of the platform: nothing else catches {@code
 * Throwable}.
 */
final class Serving {
  private static final HeaderName CORRELATION = HeaderNames.create("X-Correlation-Id");

  private final Gate gate;
  private final Ids ids;
  private final Traffic traffic;
  private final SlowPeers slowPeers;
  private final Patience patience;

  Serving(Gate gate, Ids ids, Traffic traffic, SlowPeers slowPeers, Patience patience) {
    this.gate = gate;
    this.ids = ids;
    this.traffic = traffic;
    this.slowPeers = slowPeers;
    this.patience = patience;
  }

  void serve(Route route, ServerRequest request, ServerResponse response) {
    long started = System.nanoTime();
    Call call = open(request, response);
    try {
      check(call, route);
      call.admitted(route, gate.admit(call, route));
      route.handler().handle(call);
    } catch (Throwable thrown) {
      answer(call, route, thrown);
    } finally {
      traffic.served(call, route, response.status().code(), System.nanoTime() - started);
    }
  }

  private void check(Call call, Route route) {
    try {
      Doorstep.check(call, route);
    } catch (Problem problem) {
      gate.turnedAway(call, route, problem);
      throw problem;
    }
  }

  /** For what the server throws outside of any route. */
  void refuse(ServerRequest request, ServerResponse response, Throwable thrown) {
    answer(open(request, response), Route.NOWHERE, thrown);
  }

  private Call open(ServerRequest request, ServerResponse response) {
    SecurityHeaders.addTo(response, request.isSecure());
    String correlation = ids.next().toString();
    response.header(CORRELATION, correlation);
    return new Call(request, response, correlation, slowPeers, patience);
  }

  private void answer(Call call, Route route, Throwable thrown) {
    switch (thrown) {
      case CloseConnectionException peerIsGone -> throw peerIsGone;
      case Problem problem -> send(call, problem);
      case RequestException malformed -> {
        call.closeAfterwards();
        send(call, WireProblem.of(malformed.status()));
      }
      case HttpException refused -> send(call, WireProblem.of(refused.status()));
      case OutOfMemoryError fatal -> {
        traffic.unexpected(call, route, fatal);
        // Nothing can be trusted after this; a supervisor starts a new process.
        Runtime.getRuntime().halt(3);
      }
      default -> {
        traffic.unexpected(call, route, thrown);
        send(call, WireProblem.internal());
      }
    }
  }

  /**
   * An answer that has already begun cannot be turned into a problem: the connection is cut, so
   * that the client does not take a part for the whole.
   */
  private void send(Call call, Problem problem) {
    if (!call.startOver()) {
      throw new CloseConnectionException("the answer broke off: " + problem.code());
    }
    SecurityHeaders.addTo(call.response(), call.isSecure());
    call.response().header(CORRELATION, call.correlation());
    ProblemAnswer.send(call, problem);
  }
}
