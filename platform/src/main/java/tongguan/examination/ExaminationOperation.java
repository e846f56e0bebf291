package tongguan.examination;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Operation;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.clearance.Act;
import tongguan.clearance.Clearance;
import tongguan.clearance.Submission;
import tongguan.photo.Photos;
import tools.jackson.databind.JsonNode;

/**
 * The result of an examination by its form. Confirmed, it is in one transaction the officer's form,
 * the entry in the audit and the command to the core system; its photos are named by their hashes
 * and must be there by then.
 */
record ExaminationOperation(Clearance clearance, Photos photos) implements Operation {

  @Override
  public String name() {
    return "examination.record";
  }

  @Override
  public String path() {
    return "/api/v1/declarations/{number}/examinations";
  }

  @Override
  public String need() {
    return Permissions.CLEARANCE_ACT;
  }

  private record Wish(Submission submission, Form form) {}

  private Wish wish(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    String number = parameters.getOrDefault("number", "");
    ExaminationStore store = new ExaminationStore(tx);
    Form form =
        Form.of(
            input,
            store
                .declared(Examinations.number(number), officer.sight(need()))
                .orElseThrow(Examinations::unknown));
    JsonNode values = Json.MAPPER.valueToTree(form.forCore());
    Submission submission = clearance.wish(tx, officer, number, Act.RECORD_EXAMINATION, values);
    List<String> missing = photos.missing(tx, submission.number(), form.photos());
    if (!missing.isEmpty()) {
      throw Problem.of(
              409,
              "photos-missing",
              "部分照片尚未上傳完成。",
              "Some of the photos are not there yet; they have to be whole before the result is recorded.")
          .with("photos", missing.subList(0, Math.min(missing.size(), Limits.PAGE_DEFAULT)));
    }
    return new Wish(submission, form);
  }

  @Override
  public Draft draft(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Wish wish = wish(tx, officer, parameters, input);
    return new Draft(
        wish.submission().title(),
        wish.submission().lines(officer.chinese(), wish.form().lines()),
        // The hashes are part of what is confirmed, though only their number is shown.
        wish.submission().state() + " " + wish.form().photos(),
        "declaration:" + wish.submission().number().value(),
        Optional.empty());
  }

  @Override
  public Map<String, Object> apply(
      Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Wish wish = wish(tx, officer, parameters, input);
    UUID command = clearance.submit(tx, officer, wish.submission());
    new ExaminationStore(tx).add(command, wish.submission().number(), wish.form());
    return Map.of("command", command, "state", "waiting");
  }
}
