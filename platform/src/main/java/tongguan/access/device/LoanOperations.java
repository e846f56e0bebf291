package tongguan.access.device;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.fleet.Device;
import tongguan.fleet.DeviceState;
import tongguan.fleet.Fleet;
import tongguan.fleet.Loans;
import tongguan.identity.Identity;
import tongguan.identity.Units;
import tools.jackson.databind.JsonNode;

/** Lending a device to another unit for a time, and ending that before its time. */
public final class LoanOperations {
  private final Fleet fleet;
  private final Identity identity;
  private final CutOff cutOff;

  public LoanOperations(Fleet fleet, Identity identity, CutOff cutOff) {
    this.fleet = fleet;
    this.identity = identity;
    this.cutOff = cutOff;
  }

  public List<Operation> all() {
    return List.of(new Lend(), new End());
  }

  private final class Lend implements Operation {
    @Override
    public String name() {
      return "device.loan";
    }

    @Override
    public String path() {
      return "/api/v1/devices/{id}/loan";
    }

    @Override
    public String need() {
      return Permissions.DEVICES_ADMINISTER;
    }

    private Device device(
        Connection tx, Officer officer, Map<String, String> parameters, String unit)
        throws SQLException {
      Device device = DeviceReach.device(tx, fleet, officer, need(), parameters);
      if (device.state() == DeviceState.LOST || device.state() == DeviceState.RETIRED) {
        throw DeviceReach.state(device.state().code());
      }
      if (fleet.devices().fits(tx, device.id(), unit)) {
        throw Problem.of(
            409, "loan-not-needed", "該單位已可使用此設備。", "This unit may use the device already.");
      }
      return device;
    }

    /** Any unit there is: lending is what crosses districts. */
    private Units.Unit unit(Connection tx, JsonNode input) throws SQLException {
      return identity
          .units()
          .one(tx, Input.text(input, "unit", 20))
          .orElseThrow(() -> Input.refused("unit", "code of a unit"));
    }

    private Instant until(Connection tx, JsonNode input) throws SQLException {
      try {
        Instant until = Instant.parse(Input.text(input, "until", 40));
        if (fleet.loans().isInTime(tx, until)) {
          return until;
        }
      } catch (DateTimeParseException noTime) {
        // answered below
      }
      throw Input.refused(
          "until",
          "a moment from now to "
              + Limits.LOAN_LIFE.toDays()
              + " days on, as 2027-01-31T09:00:00Z");
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Units.Unit unit = unit(tx, input);
      Instant until = until(tx, input);
      Device device = device(tx, officer, parameters, unit.code());
      return new Draft(
          new Texts("借用設備", "Lend a device"),
          List.of(
              DeviceReach.line(device),
              new Line(
                  new Texts("借用單位", "To the unit"),
                  unit.code() + " " + unit.nameZh() + " " + unit.nameEn()),
              new Line(new Texts("期限", "Until"), until.toString()),
              DeviceReach.reason(input)),
          device.id() + " " + device.version(),
          DeviceReach.subject(device),
          Optional.empty());
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Units.Unit unit = unit(tx, input);
      Device device = device(tx, officer, parameters, unit.code());
      return Map.of(
          "id",
          fleet
              .loans()
              .lend(
                  tx,
                  device.id(),
                  unit.code(),
                  until(tx, input),
                  officer.session().account(),
                  officer.session().name()));
    }
  }

  private final class End implements Operation {
    @Override
    public String name() {
      return "device.loan-end";
    }

    @Override
    public String path() {
      return "/api/v1/devices/{id}/loan/end";
    }

    @Override
    public String need() {
      return Permissions.DEVICES_ADMINISTER;
    }

    private Loans.Loan loan(Connection tx, Device device, JsonNode input) throws SQLException {
      return fleet
          .loans()
          .one(
              tx, device.id(), Input.id(Input.text(input, "loan", 36), LoanOperations::unknownLoan))
          .orElseThrow(LoanOperations::unknownLoan);
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = DeviceReach.device(tx, fleet, officer, need(), parameters);
      Loans.Loan loan = loan(tx, device, input);
      return new Draft(
          new Texts("提前結束借用", "End a loan"),
          List.of(
              DeviceReach.line(device),
              new Line(new Texts("借用單位", "To the unit"), loan.unit()),
              new Line(new Texts("期限", "Until"), loan.until().toString()),
              DeviceReach.reason(input)),
          device.id() + " " + loan.id(),
          DeviceReach.subject(device),
          Optional.empty());
    }

    /** Whoever was on it by the loan alone is off it in the same moment. */
    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = DeviceReach.device(tx, fleet, officer, need(), parameters);
      fleet.loans().end(tx, loan(tx, device, input), officer.session().name());
      cutOff.unfit(tx, device.id());
      return Map.of();
    }
  }

  private static Problem unknownLoan() {
    return Problem.of(404, "unknown-loan", "查無此借用。", "There is no such loan in force.");
  }
}
