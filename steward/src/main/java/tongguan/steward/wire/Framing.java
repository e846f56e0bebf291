package tongguan.steward.wire;

import java.util.List;

/** Where a body ends (RFC 9112 §6.3). Whatever two readers could read differently is refused. */
public sealed interface Framing {
  record None() implements Framing {}

  record Length(long bytes) implements Framing {}

  record Chunked() implements Framing {}

  /** Answers only: the body ends with the connection. */
  record UntilClose() implements Framing {}

  static Framing ofRequest(Fields fields) throws WireProblem {
    return declared(fields, new None());
  }

  static Framing ofAnswer(String method, int status, Fields fields) throws WireProblem {
    Framing declared = declared(fields, new UntilClose());
    return method.equals("HEAD") || status == 204 || status == 304 || status < 200
        ? new None()
        : declared;
  }

  private static Framing declared(Fields fields, Framing otherwise) throws WireProblem {
    List<String> lengths = fields.all("content-length");
    List<String> encodings = fields.all("transfer-encoding");
    if (!encodings.isEmpty()) {
      if (!lengths.isEmpty()) {
        throw new WireProblem(400, "both Content-Length and Transfer-Encoding");
      }
      if (encodings.size() != 1 || !encodings.getFirst().equalsIgnoreCase("chunked")) {
        throw new WireProblem(501, "a transfer encoding other than chunked");
      }
      return new Chunked();
    }
    if (lengths.isEmpty()) {
      return otherwise;
    }
    if (lengths.size() != 1 || !lengths.getFirst().matches("[0-9]{1,15}")) {
      throw new WireProblem(400, "not one plain Content-Length");
    }
    return new Length(Long.parseLong(lengths.getFirst()));
  }

  /** The field that tells the other side; none for a body that ends with the connection. */
  default void tell(Fields fields) {
    switch (this) {
      case None(), UntilClose() -> {}
      case Length(long bytes) -> fields.add("Content-Length", Long.toString(bytes));
      case Chunked() -> fields.add("Transfer-Encoding", "chunked");
    }
  }
}
