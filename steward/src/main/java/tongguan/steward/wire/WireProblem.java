package tongguan.steward.wire;

import java.io.IOException;

/** What came is not HTTP/1.1 as it is understood here; the connection cannot be used any more. */
public final class WireProblem extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;

  public WireProblem(int status, String what) {
    super(what);
    this.status = status;
  }

  /** What a browser is answered. */
  public int status() {
    return status;
  }
}
