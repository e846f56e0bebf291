package tongguan.base.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that two parties could read in two ways (RFC 9112 §11): each gets the one right number
 * of answers, and where its end is in doubt the connection is closed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawHttpTest {
  private static final String HOST = "Host: localhost\r\n";
  private static final String POST =
      "POST /echo HTTP/1.1\r\n" + HOST + "Content-Type: text/plain\r\n";
  private static final String GET = "GET /hello HTTP/1.1\r\n" + HOST;
  private static final String SECOND = GET + "\r\n";

  private TestHost host;

  @BeforeAll
  void start() {
    host = new TestHost().opened();
  }

  @AfterAll
  void stop() {
    host.close();
  }

  /**
   * @param closes whether the server must end the connection by itself
   */
  record Case(String name, String request, List<Integer> statuses, boolean closes) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case refused(String name, String request) {
    return new Case(name, request, List.of(400), true);
  }

  private static Case refused(String name, int status, String request) {
    return new Case(name, request, List.of(status), true);
  }

  private static Case kept(String name, String request, Integer... statuses) {
    return new Case(name, request, List.of(statuses), false);
  }

  static Stream<Case> cases() {
    return Stream.of(
            lengths(),
            transferCodings(),
            chunks(),
            headers(),
            requestLines(),
            hosts(),
            connections())
        .flatMap(List::stream);
  }

  private static List<Case> lengths() {
    return List.of(
        refused(
            "length and chunked",
            POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SECOND),
        refused(
            "chunked and length",
            POST + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + SECOND),
        refused(
            "two different lengths",
            POST + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello" + SECOND),
        refused(
            "two equal lengths",
            POST + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello" + SECOND),
        refused("a list of lengths", POST + "Content-Length: 5, 5\r\n\r\nhello" + SECOND),
        refused("length with plus", POST + "Content-Length: +5\r\n\r\nhello" + SECOND),
        refused("negative length", POST + "Content-Length: -1\r\n\r\n" + SECOND),
        refused("hexadecimal length", POST + "Content-Length: 0x5\r\n\r\nhello" + SECOND),
        refused(
            "length beyond 64 bits",
            POST + "Content-Length: 99999999999999999999\r\n\r\n" + SECOND),
        refused("empty length", POST + "Content-Length:\r\n\r\n" + SECOND),
        refused("length in other digits", POST + "Content-Length: \u0665\r\n\r\nhello" + SECOND),
        refused("length with blank inside", POST + "Content-Length: 1 1\r\n\r\nhello" + SECOND),
        kept(
            "length with blanks around",
            POST + "Content-Length:  5 \r\n\r\nhello" + SECOND,
            200,
            200));
  }

  private static List<Case> transferCodings() {
    return List.of(
        refused("unknown coding", POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SECOND),
        refused(
            "chunked not last",
            POST + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + SECOND),
        refused(
            "gzip before chunked",
            501,
            POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + SECOND),
        refused(
            "chunked twice",
            POST
                + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + SECOND),
        refused(
            "chunked behind a vertical tab",
            POST + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n" + SECOND),
        refused("empty coding", POST + "Transfer-Encoding:\r\n\r\n" + SECOND),
        refused(
            "chunked in capitals",
            411,
            POST + "Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n" + SECOND));
  }

  private static List<Case> chunks() {
    String chunked = POST + "Transfer-Encoding: chunked\r\n\r\n";
    return List.of(
        refused("two chunks", 411, chunked + "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n" + SECOND),
        refused("chunk size with plus", 411, chunked + "+5\r\nhello\r\n0\r\n\r\n" + SECOND),
        refused("negative chunk size", 411, chunked + "-5\r\nhello\r\n0\r\n\r\n" + SECOND),
        refused("chunk size with 0x", 411, chunked + "0x5\r\nhello\r\n0\r\n\r\n" + SECOND),
        refused(
            "chunk size beyond 32 bits", 411, chunked + "100000005\r\nhello\r\n0\r\n\r\n" + SECOND),
        refused("no chunk size", 411, chunked + "\r\nhello\r\n0\r\n\r\n" + SECOND),
        refused("chunk longer than its size", 411, chunked + "3\r\nhello\r\n0\r\n\r\n" + SECOND),
        refused("chunk ended by something else", 411, chunked + "5\r\nhelloXX0\r\n\r\n" + SECOND),
        refused("chunk size ended by LF", 411, chunked + "5\nhello\r\n0\r\n\r\n" + SECOND),
        refused("body cut in a chunk", 411, chunked + "ff\r\nhello"));
  }

  private static List<Case> headers() {
    return List.of(
        refused("folded header", GET + "X-A: b\r\n c\r\n\r\n" + SECOND),
        refused("folded length", POST + "Content-Length:\r\n 5\r\n\r\nhello" + SECOND),
        refused("blank before the colon", POST + "Content-Length : 5\r\n\r\nhello" + SECOND),
        refused("no colon", GET + "nothing\r\n\r\n" + SECOND),
        refused("empty name", GET + ": b\r\n\r\n" + SECOND),
        refused("bare LF", "GET /hello HTTP/1.1\nHost: localhost\n\n"),
        refused("bare LF in the headers", GET + "X-A: b\nX-C: d\r\n\r\n" + SECOND),
        refused("bare CR in a value", GET + "X-A: b\rX-C: d\r\n\r\n" + SECOND),
        refused("NUL in a value", GET + "X-A: b\0c\r\n\r\n" + SECOND),
        refused("NUL in a name", GET + "X\0A: b\r\n\r\n" + SECOND),
        refused("huge header", GET + "X-A: " + "b".repeat(40_000) + "\r\n\r\n" + SECOND),
        refused("too many headers", GET + "X-A: b\r\n".repeat(5_000) + "\r\n" + SECOND));
  }

  private static List<Case> requestLines() {
    return List.of(
        refused(
            "long address", 414, "GET /" + "a".repeat(10_000) + " HTTP/1.1\r\n" + HOST + "\r\n"),
        refused("HTTP/1.0", 505, "GET /hello HTTP/1.0\r\n" + HOST + "\r\n"),
        refused("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        refused("HTTP/0.9", "GET /hello\r\n\r\n"),
        refused("HTTP/1.2", "GET /hello HTTP/1.2\r\n" + HOST + "\r\n"),
        refused("tab for a blank", "GET\t/hello\tHTTP/1.1\r\n" + HOST + "\r\n"),
        refused("two blanks", "GET  /hello HTTP/1.1\r\n" + HOST + "\r\n"),
        refused("broken percent code", "GET /item/%zz HTTP/1.1\r\n" + HOST + "\r\n"),
        refused("bytes beyond ASCII", "GET /item/\u00e9\u00ff HTTP/1.1\r\n" + HOST + "\r\n"),
        refused(
            "broken percent code in the query", "GET /query?q=%zz HTTP/1.1\r\n" + HOST + "\r\n"),
        kept("method in small letters", "get /hello HTTP/1.1\r\n" + HOST + "\r\n", 200),
        kept("path out of the root", "GET /../../etc/passwd.txt HTTP/1.1\r\n" + HOST + "\r\n", 404),
        kept(
            "coded path out of the root",
            "GET /%2e%2e/%2e%2e/etc/passwd.txt HTTP/1.1\r\n" + HOST + "\r\n",
            404),
        kept("asterisk", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n", 405),
        kept("trace", "TRACE /hello HTTP/1.1\r\n" + HOST + "\r\n", 405));
  }

  private static List<Case> hosts() {
    return List.of(
        refused("no host", "GET /hello HTTP/1.1\r\n\r\n"),
        refused("two hosts", GET + "Host: evil.example\r\n\r\n"),
        refused("empty host", "GET /hello HTTP/1.1\r\nHost:\r\n\r\n"),
        refused("host with blank", "GET /hello HTTP/1.1\r\nHost: local host\r\n\r\n"),
        refused(
            "host with a port that is none", "GET /hello HTTP/1.1\r\nHost: localhost:abc\r\n\r\n"),
        refused("absolute address", "GET http://evil.example/hello HTTP/1.1\r\n" + HOST + "\r\n"),
        refused("connect", "CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + "\r\n"));
  }

  private static List<Case> connections() {
    return List.of(
        kept("pipelined", SECOND + SECOND + SECOND, 200, 200, 200),
        kept("pipelined behind a body", POST + "Content-Length: 5\r\n\r\nhello" + SECOND, 200, 200),
        kept(
            "body where none is wanted", GET + "Content-Length: 5\r\n\r\nhello" + SECOND, 200, 200),
        kept(
            "upgrade to HTTP/2",
            GET
                + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n",
            200),
        kept(
            "waits for 100",
            POST + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
            100,
            200),
        new Case("close", GET + "Connection: close\r\n\r\n" + SECOND, List.of(200), true),
        new Case(
            "close among others",
            GET + "Connection: x, Close\r\n\r\n" + SECOND,
            List.of(200),
            true),
        new Case(
            "body beyond the limit",
            POST + "Content-Length: 1000000\r\n\r\n" + SECOND,
            List.of(413),
            true),
        new Case("stalled body", POST + "Content-Length: 50\r\n\r\nhello", List.of(), true),
        new Case("stalled headers", GET + "X-A: b\r\nX-", List.of(), true));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachRequestGetsItsOneReading(Case given) {
    Wire.Reply reply =
        Wire.send(
            host.port(),
            given.request().getBytes(StandardCharsets.ISO_8859_1),
            given.closes() ? 8_000 : 250);

    assertThat(reply.statuses()).as(given.name()).isEqualTo(given.statuses());
    assertThat(reply.closed()).as("closed").isEqualTo(given.closes());
    assertThat(reply.rest()).isEmpty();
    assertThat(host.isUnharmed()).isTrue();
  }
}
