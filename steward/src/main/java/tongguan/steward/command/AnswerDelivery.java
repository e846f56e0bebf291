package tongguan.steward.command;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import tongguan.steward.enrol.Identity;
import tongguan.steward.store.Wipe;
import tongguan.steward.wire.PlatformLine;

/** Brings answers to the platform, in their order, until it has taken them. */
public final class AnswerDelivery {
  private static final Logger LOG = System.getLogger("steward.answer");
  private static final String PATH = "/api/v1/device/acknowledgements";

  private final CommandLog log;
  private final Wipe wipe;

  public AnswerDelivery(CommandLog log, Wipe wipe) {
    this.log = log;
    this.wipe = wipe;
  }

  public boolean hasWork() throws IOException {
    return wipe.toReport().isPresent() || (!wipe.isBegun() && !log.waiting().isEmpty());
  }

  /** Throws at the first that could not be brought; the rest is tried again later. */
  public void deliver(Identity identity) throws IOException {
    OptionalLong wiped = wipe.toReport();
    if (wiped.isPresent()) {
      reportWipe(identity, wiped.getAsLong());
      return;
    }
    for (Answer answer : log.waiting()) {
      int status = send(identity, answer);
      if (status >= 500 || status == 401 || status == 403 || status == 408 || status == 429) {
        throw new IOException("the platform took no answer: " + status);
      }
      if (status >= 300) {
        LOG.log(
            Level.WARNING,
            "the platform does not want answer {0}: {1}",
            Long.toString(answer.number()),
            status);
      }
      log.taken(answer);
    }
  }

  /** The device's key, which signs this, is destroyed only when the platform said yes. */
  private void reportWipe(Identity identity, long number) throws IOException {
    int status =
        send(identity, new Answer(number, "wipe", "done", "keys, store and folders destroyed"));
    if (status < 200 || status >= 300) {
      throw new IOException("the platform did not take the report of the wipe: " + status);
    }
    wipe.reported();
    LOG.log(Level.INFO, "the platform knows that the device is wiped");
  }

  private static int send(Identity identity, Answer answer) throws IOException {
    return PlatformLine.exchange(
            identity.tls(),
            identity.platform(),
            "POST",
            PATH,
            answer.signedBy(identity).getBytes(StandardCharsets.UTF_8))
        .status();
  }
}
