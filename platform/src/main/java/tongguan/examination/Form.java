package tongguan.examination;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tools.jackson.databind.JsonNode;

/**
 * What an officer found, as the form has it: checked member by member, so that nothing else gets
 * through, and in itself consistent.
 *
 * @param json what is kept, in a fixed order
 * @param lines the same in words
 * @param findings what is told to the core system of it, each with its code
 * @param photos hashes, in the officer's order
 */
record Form(
    String result,
    int packagesOpened,
    Map<String, Object> json,
    List<Line> lines,
    List<Finding> findings,
    List<String> photos) {
  private static final List<String> RESULTS = List.of("clear", "discrepancy", "sampled");

  /** What is not as declared, in the core systems' words. */
  record Finding(String code, String text) {}

  /**
   * @throws Problem 400 with the member and what was expected of it
   */
  static Form of(JsonNode input, Declared declared) {
    Findings found = new Findings(input, declared);
    String result = Input.text(input, "result", 20);
    if (!RESULTS.contains(result)) {
      throw Input.refused("result", "one of " + RESULTS);
    }
    found.put("result", new Texts("查驗結果", "Result"), result);
    int opened = Input.number(input, "packagesOpened", 0, 1_000_000);
    found.put("packagesOpened", new Texts("開驗件數", "Packages opened"), opened);
    found.sample();
    found.quantities();
    found.origin();
    found.intellectualProperty();
    found.cites();
    found.discrepancies();
    found.remark();
    requireConsistent(result, found);
    List<String> photos = photos(input);
    found.lines.add(new Line(new Texts("照片", "Photos"), String.valueOf(photos.size())));
    return new Form(
        result, opened, found.json, List.copyOf(found.lines), List.copyOf(found.findings), photos);
  }

  /** The result is what the findings say. */
  private static void requireConsistent(String result, Findings found) {
    boolean differs = !found.findings.isEmpty();
    if (differs && !result.equals("discrepancy")) {
      throw Input.refused(
          "result",
          "discrepancy, because of "
              + String.join(", ", found.findings.stream().map(Finding::code).distinct().toList()));
    }
    if (!differs && result.equals("discrepancy")) {
      throw Input.refused("discrepancies", "what is not as declared");
    }
    if (result.equals("sampled") && !found.json.containsKey("sample")) {
      throw Input.refused("sample", "the sample that was taken");
    }
  }

  private static List<String> photos(JsonNode input) {
    List<String> photos = new ArrayList<>();
    for (JsonNode one : Findings.rows(input, "photos", Limits.PHOTOS_OF_EXAMINATION)) {
      String sha256 = one.stringValue("");
      if (!sha256.matches("[0-9a-f]{64}")) {
        throw Input.refused("photos", "SHA-256 of each photo, 64 hexadecimal digits");
      }
      photos.add(sha256);
    }
    if (new HashSet<>(photos).size() < photos.size()) {
      throw Input.refused("photos", "each photo once");
    }
    return List.copyOf(photos);
  }

  /** What the core system is told: the values of its act {@code record-examination}. */
  Map<String, Object> forCore() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("result", result);
    values.put("packagesOpened", packagesOpened);
    if (!findings.isEmpty()) {
      values.put("findings", findings);
    }
    if (json.containsKey("remark")) {
      values.put("remark", json.get("remark"));
    }
    return values;
  }
}
