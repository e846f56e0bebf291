package tongguan.fleet.authority;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import tongguan.base.StartFailure;

/** The verb {@code authority}: which keys devices believe, and the one that comes after it. */
public final class AuthorityVerb {
  private final FleetFolder folder;
  private final Clock clock;
  private final PrintStream out;

  public AuthorityVerb(FleetFolder folder, Clock clock, PrintStream out) {
    this.folder = folder;
    this.clock = clock;
    this.out = out;
  }

  /**
   * @param words {@code show} or {@code renew}
   */
  public int run(List<String> words) {
    switch (words.size() == 1 ? words.getFirst() : "") {
      case "show" -> show();
      case "renew" -> renew();
      default -> throw StartFailure.usage("authority: show or renew (see authority --help).");
    }
    return 0;
  }

  private void show() {
    if (folder.authorityKeys().isEmpty()) {
      throw StartFailure.environment(
          "There is no authority in %s yet; the platform makes it at its first start."
              .formatted(folder.folder()));
    }
    Generations all = Generations.in(folder, clock.instant());
    say("signs   ", all.current().certificate());
    all.former().forEach(before -> say("believed", before));
  }

  private void say(String what, java.security.cert.X509Certificate one) {
    out.printf(
        "%s %s until %s%n",
        what,
        HexFormat.of().formatHex(Digests.sha256(one.getPublicKey().getEncoded())),
        one.getNotAfter().toInstant());
  }

  private void renew() {
    Path made = Generations.renew(folder, clock.instant());
    out.println("made " + made);
    show();
    out.println("Restart the nodes one after the other; see the manual.");
  }
}
