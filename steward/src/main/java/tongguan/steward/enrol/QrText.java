package tongguan.steward.enrol;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tongguan.steward.wire.PlatformAddress;

/**
 * What the QR code of an enrolment says: where the platform is, the one-time code, and the digest
 * of the authority to believe.
 */
public record QrText(PlatformAddress platform, String code, String pin) {
  private static final Pattern FORM =
      Pattern.compile(
          "tongguan-enrol:1:(https://[^\\s]+):([0-9A-Za-z]{4}(?:-?[0-9A-Za-z]{4}){3}):([0-9a-f]{64})");

  /** Empty for anything else. */
  public static Optional<QrText> parse(String text) {
    Matcher parts = FORM.matcher(text.strip());
    return parts.matches()
        ? PlatformAddress.parse(parts.group(1))
            .map(platform -> new QrText(platform, parts.group(2), parts.group(3)))
        : Optional.empty();
  }
}
