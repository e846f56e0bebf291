package tongguan.base.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** HTTP as bytes on a real socket, for what no client library would send. */
public final class Wire {
  private Wire() {}

  /** One answer as it came. */
  public record Answer(int status, Map<String, String> headers, byte[] body) {
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /**
   * What came back until the peer closed or was silent for the given time.
   *
   * @param rest bytes at the end that are not an answer
   */
  public record Reply(List<Answer> answers, boolean closed, byte[] rest) {
    public List<Integer> statuses() {
      return answers.stream().map(Answer::status).toList();
    }

    public Answer only() {
      if (answers.size() != 1) {
        throw new AssertionError("expected one answer: " + statuses());
      }
      return answers.getFirst();
    }
  }

  public static Reply send(int port, String request) {
    return send(port, request.getBytes(StandardCharsets.ISO_8859_1), 400);
  }

  static Reply send(int port, byte[] request, int silenceMillis) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(silenceMillis);
      try {
        socket.getOutputStream().write(request);
      } catch (IOException refusedEarly) {
        // the answer may be there all the same
      }
      ByteArrayOutputStream received = new ByteArrayOutputStream();
      boolean closed = receive(socket.getInputStream(), received);
      return parsed(received.toByteArray(), closed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until the end; false when there was only silence. */
  static boolean receive(InputStream in, ByteArrayOutputStream received) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        received.write(buffer, 0, count);
      }
      return true;
    } catch (SocketTimeoutException silence) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  static Reply parsed(byte[] bytes, boolean closed) {
    List<Answer> answers = new ArrayList<>();
    int[] place = {0};
    Optional<Answer> next = answer(bytes, place);
    while (next.isPresent()) {
      answers.add(next.get());
      next = answer(bytes, place);
    }
    return new Reply(answers, closed, Arrays.copyOfRange(bytes, place[0], bytes.length));
  }

  private static Optional<Answer> answer(byte[] bytes, int[] place) {
    String text = new String(bytes, place[0], bytes.length - place[0], StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (!text.startsWith("HTTP/1.1 ") || end < 0) {
      return Optional.empty();
    }
    int status = Integer.parseInt(text.substring(9, 12));
    Map<String, String> headers = new LinkedHashMap<>();
    text.substring(0, end)
        .lines()
        .skip(1)
        .forEach(line ->
            headers.put(
                line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                line.substring(line.indexOf(':') + 1).strip()));
    int from = place[0] + end + 4;
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      return chunked(bytes, place, from, status, headers);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    if (from + length > bytes.length) {
      return Optional.empty();
    }
    place[0] = from + length;
    return Optional.of(new Answer(status, headers, Arrays.copyOfRange(bytes, from, from + length)));
  }

  private static Optional<Answer> chunked(
      byte[] bytes, int[] place, int from, int status, Map<String, String> headers) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int at = from;
    while (true) {
      int line = at;
      while (line < bytes.length && bytes[line] != '\r') {
        line++;
      }
      if (line + 2 > bytes.length) {
        return Optional.empty();
      }
      int size = Integer.parseInt(new String(bytes, at, line - at, StandardCharsets.US_ASCII), 16);
      at = line + 2;
      if (at + size + 2 > bytes.length) {
        return Optional.empty();
      }
      body.write(bytes, at, size);
      at += size + 2;
      if (size == 0) {
        place[0] = at;
        return Optional.of(new Answer(status, headers, body.toByteArray()));
      }
    }
  }
}
