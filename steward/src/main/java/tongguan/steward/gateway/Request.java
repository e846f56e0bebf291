package tongguan.steward.gateway;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tongguan.steward.wire.Fields;
import tongguan.steward.wire.Framing;
import tongguan.steward.wire.Head;
import tongguan.steward.wire.WireProblem;

/** A browser's request that means the same to everybody who reads it. */
record Request(String method, String target, Fields fields, Framing framing) {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** What would speak for others than the browser; the platform believes none of it from here. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "x-steward",
          "forwarded",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto",
          "x-forwarded-port",
          "x-real-ip",
          "via",
          "expect",
          "keep-alive");

  static Request of(Head head) throws WireProblem {
    String[] words = head.start().split(" ", -1);
    if (words.length != 3 || !Head.isToken(words[0]) || !words[1].startsWith("/")) {
      throw new WireProblem(400, "not a request for something on this host");
    }
    if (!words[2].equals("HTTP/1.1")) {
      throw new WireProblem(505, "not HTTP/1.1");
    }
    if (!METHODS.contains(words[0])) {
      throw new WireProblem(405, "not a method of the platform");
    }
    return new Request(words[0], words[1], head.fields(), Framing.ofRequest(head.fields()));
  }

  /**
   * Only names of this machine with our port: a page elsewhere whose name was turned to 127.0.0.1
   * would otherwise be the platform's neighbour (DNS rebinding).
   */
  boolean isForHere(int port) {
    List<String> hosts = fields.all("host");
    return hosts.size() == 1
        && (hosts.getFirst().equals("127.0.0.1:" + port)
            || hosts.getFirst().equals("localhost:" + port));
  }

  boolean wantsContinue() {
    return fields.tokens("expect").contains("100-continue");
  }

  boolean isLast() {
    return fields.tokens("connection").contains("close");
  }

  /** May be sent a second time when the connection to the platform turned out to be gone. */
  boolean isRepeatable() {
    return framing instanceof Framing.None && (method.equals("GET") || method.equals("HEAD"));
  }

  Head forward(Optional<Attestation> attestation) {
    Fields forwarded = fields.endToEnd(NOT_PASSED_ON);
    attestation.ifPresent(said -> forwarded.add(Attestation.FIELD, said.value()));
    framing.tell(forwarded);
    return new Head(method + " " + target + " HTTP/1.1", forwarded);
  }
}
