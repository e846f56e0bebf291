package tongguan;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.access.device.Orders;
import tongguan.base.database.Sql;

/**
 * Orders signed with a key of this process, until the room of commands is there with one that is
 * kept and given to devices at enrolment. Devices will not believe these.
 */
final class InterimOrders implements Orders {
  private final KeyPair key;

  InterimOrders() {
    try {
      key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void queue(
      Connection tx, UUID device, String kind, String body, @Nullable Instant endsAt, String by)
      throws SQLException {
    long number =
        Sql.of(
                tx,
                "select coalesce(max(number), 0) + 1 from fleet.command where device = ?",
                device)
            .first(row -> row.getLong(1))
            .orElseThrow();
    Sql.of(
            tx,
            """
            insert into fleet.command (device, number, kind, body, issued_by, ends_at, signature)
            values (?, ?, ?, ?, ?, ?::timestamptz, ?)
            """,
            device,
            number,
            kind,
            body,
            by,
            endsAt == null ? null : endsAt.toString(),
            signature(device, number, kind, body, endsAt))
        .update();
  }

  private byte[] signature(
      UUID device, long number, String kind, String body, @Nullable Instant endsAt) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      String text =
          String.join(
              "\n",
              "tongguan-command-v1",
              device.toString(),
              String.valueOf(number),
              kind,
              HexFormat.of().formatHex(digest),
              endsAt == null ? "" : endsAt.toString());
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key.getPrivate());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
