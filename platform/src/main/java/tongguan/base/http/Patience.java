package tongguan.base.http;

import java.time.Duration;
import tongguan.base.Limits;

/**
 * How long a peer may take before its connection is given to somebody else.
 *
 * @param headers from the first line of a request to the end of its headers
 * @param transfer for the whole of a request's body, and for taking an answer
 * @param idle between two requests
 * @param leave for what was accepted, once the platform stops
 */
record Patience(Duration headers, Duration transfer, Duration idle, Duration leave) {
  static final Patience STANDARD =
      new Patience(
          Limits.HEADERS_TIMEOUT, Limits.TRANSFER_TIMEOUT, Limits.IDLE_CONNECTION, Limits.DRAIN);
}
