package tongguan.fleet.authority;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.audit.Actor;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.database.Database;
import tongguan.base.database.SqlFailure;
import tongguan.fleet.Device;
import tongguan.fleet.DeviceState;
import tongguan.fleet.Fleet;
import tongguan.fleet.Mac;

/**
 * How a device gets its first certificate: an administrator has a one-time code made and shows it,
 * the device makes its own key and asks with the code. Only digests of codes are kept.
 */
public final class Enrolments {
  private final Database database;
  private final Fleet fleet;
  private final Audit audit;
  private final Authority authority;
  private final Certificates certificates;

  public Enrolments(
      Database database, Fleet fleet, Audit audit, Authority authority, Certificates certificates) {
    this.database = database;
    this.fleet = fleet;
    this.audit = audit;
    this.authority = authority;
    this.certificates = certificates;
  }

  /** A code that was made; the text is kept nowhere. */
  public record Made(EnrolmentCode code, Instant endsAt) {}

  public Made begin(Connection tx, UUID device, UUID by, String byName) throws SQLException {
    EnrolmentCode code = EnrolmentCode.random();
    Instant endsAt = new EnrolmentStore(tx).add(code.digest(), device, by);
    fleet.devices().note(tx, device, "enrolment-begun", byName, Map.of());
    return new Made(code, endsAt);
  }

  /** For how long a code holds. */
  public int minutes(Connection connection) throws SQLException {
    return new EnrolmentStore(connection).minutes();
  }

  /** What stands in the way of a new key for a device in its present state. */
  public Optional<String> obstacle(Connection connection, Device device) throws SQLException {
    if (device.state() == DeviceState.LOST || device.state() == DeviceState.RETIRED) {
      return Optional.of("device-" + device.state().code());
    }
    return new EnrolmentStore(connection).mustFirstBeWiped(device.id())
        ? Optional.of("wipe-pending")
        : Optional.empty();
  }

  /**
   * What a device sends.
   *
   * @param code and {@code serial} as typed
   * @param csr a certificate request in PEM
   */
  public record Asked(
      String code, String csr, String serial, List<Mac> macs, String agent, String address) {
    public Asked {
      macs = List.copyOf(macs);
    }
  }

  /** What a device gets. */
  public sealed interface Answer {
    record Enrolled(UUID device, String certificate, String authority) implements Answer {}

    /** Whatever the reason, it gets the same answer; the audit has it. */
    record Refused() implements Answer {}
  }

  /**
   * Of several at once with the same code exactly one wins. The device is locked first, as by all
   * that changes it, and its codes with it.
   */
  public Answer enrol(Asked asked, String correlation) {
    Optional<EnrolmentCode> code = EnrolmentCode.parse(asked.code());
    try {
      return database.inTransaction(tx -> {
        Optional<UUID> device =
            code.isEmpty() ? Optional.empty() : new EnrolmentStore(tx).device(code.get().digest());
        return device.isEmpty()
            ? refuse(tx, asked, "", "no-such-code", correlation)
            : enrol(tx, code.orElseThrow(), device.get(), asked, correlation);
      });
    } catch (SqlFailure failure) {
      if (!failure.isAboutData()) {
        throw failure;
      }
      // Another device was given a certificate for the same key in the same moment.
      return database.inTransaction(
          tx -> refuse(tx, asked, "", "key-of-another-device", correlation));
    }
  }

  private Answer enrol(Connection tx, EnrolmentCode code, UUID id, Asked asked, String correlation)
      throws SQLException {
    Device device = fleet.devices().locked(tx, id).orElseThrow();
    if (!new EnrolmentStore(tx).holds(code.digest())) {
      return refuse(tx, asked, id.toString(), "code-used-or-ended", correlation);
    }
    if (!device.serial().equalsIgnoreCase(asked.serial().strip())) {
      new EnrolmentStore(tx).miss(code.digest());
      return refuse(tx, asked, id.toString(), "serial-of-another-device", correlation);
    }
    Optional<String> obstacle = obstacle(tx, device);
    if (obstacle.isPresent()) {
      return refuse(tx, asked, id.toString(), obstacle.get(), correlation);
    }
    Certificates.Answer answer =
        switch (CertificateRequest.read(asked.csr())) {
          case CertificateRequest.Read.Bad bad -> new Certificates.Answer.Refused(bad.why());
          case CertificateRequest.Read.Good good ->
              certificates.issue(
                  tx, id, good.request(), new byte[0], Optional.empty(), "enrolled-anew");
        };
    return switch (answer) {
      case Certificates.Answer.Refused refused -> {
        new EnrolmentStore(tx).miss(code.digest());
        yield refuse(tx, asked, id.toString(), refused.why(), correlation);
      }
      case Certificates.Answer.Issued issued -> {
        new EnrolmentStore(tx).use(code.digest());
        welcome(tx, device, asked, correlation);
        yield new Answer.Enrolled(id, issued.pem(), Authority.pem(authority.anchor()));
      }
    };
  }

  private void welcome(Connection tx, Device device, Asked asked, String correlation)
      throws SQLException {
    List<String> macs = asked.macs().stream().map(Mac::text).toList();
    List<String> registered = new EnrolmentStore(tx).registerFree(device.id(), macs);
    List<String> foreign =
        macs.stream()
            .filter(mac -> !registered.contains(mac) && !device.macs().contains(mac))
            .distinct()
            .toList();
    Map<String, Object> details =
        Map.of("agent", asked.agent(), "macs", registered, "foreignMacs", foreign);
    fleet.devices().note(tx, device.id(), "enrolled", "", details);
    audit.write(
        tx,
        Entry.done(
                "device.enrol",
                actor(device.id().toString(), asked),
                "device:" + device.serial(),
                correlation)
            .with(details));
  }

  private Answer refuse(Connection tx, Asked asked, String device, String why, String correlation)
      throws SQLException {
    audit.write(tx, Entry.refused("device.enrol", why, actor(device, asked), correlation));
    return new Answer.Refused();
  }

  private static Actor actor(String device, Asked asked) {
    return new Actor("", "", "", device, asked.address(), "");
  }
}
